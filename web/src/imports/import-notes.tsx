import { Text, Title } from '@mantine/core'
import type { Import } from '#client'
import { useMessages } from '#web/messages/language.ts'
import classes from './imports.module.css'

type Note = NonNullable<Import['result']>['converted'][number]

/** What arrived in another shape or did not arrive, why, and where. */
export function ImportNotes({ title, notes }: { title: string; notes: Note[] }) {
  const { work } = useMessages()
  if (notes.length === 0) return null
  return (
    <section className={classes.part}>
      <Title order={2}>{title}</Title>
      <ul className={classes.notes}>
        {notes.map(({ what, why, count, where }) => (
          <li key={what + why}>
            <Text size="sm">
              <b>{what}</b>{' '}
              <Text span c="dimmed">
                × {count}
              </Text>
            </Text>
            <Text size="sm">{why}</Text>
            {where.length > 0 && (
              <Text size="xs" c="dimmed">
                {where.join(', ')}
                {count > where.length && work.imports.andMore(count - where.length)}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
