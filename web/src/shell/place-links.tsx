import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import type { Place } from '#web/shell/navigation.ts'
import { usePermissions } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './sidebar.module.css'

export function PlaceLinks({ places, title }: { places: readonly Place[]; title?: string }) {
  const messages = useMessages()
  const workspace = useWorkspace()
  const permissions = usePermissions()
  const open = places.filter(place => place.mayOpen?.(permissions) ?? true)
  if (open.length === 0) return null
  return (
    <>
      {title && (
        <Text component="h2" className={classes.group}>
          {title}
        </Text>
      )}
      <ul className={classes.list}>
        {open.map(({ link, label, icon: Mark }) => (
          <li key={label(messages)}>
            <Link {...link(workspace)} className={classes.link}>
              <Mark size={18} stroke={1.7} aria-hidden />
              <span>{label(messages)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
