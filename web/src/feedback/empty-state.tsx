import { Text, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

type Props = { icon: Icon; title: string; hint?: string | undefined; role?: 'alert'; children?: ReactNode }

/** Where there is nothing to show: what it means, and the next step as `children`. */
export function EmptyState({ icon: Mark, title, hint, role, children }: Props) {
  return (
    <div className={classes.empty} role={role}>
      <span className={classes.mark}>
        <Mark size={26} stroke={1.6} aria-hidden />
      </span>
      <Title order={2}>{title}</Title>
      {hint && (
        <Text c="dimmed" size="sm" maw="26rem">
          {hint}
        </Text>
      )}
      {children && <div className={classes.next}>{children}</div>}
    </div>
  )
}
