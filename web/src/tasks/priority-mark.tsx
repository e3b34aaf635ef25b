import {
  IconAlertSquareFilled,
  IconAntennaBars3,
  IconAntennaBars4,
  IconAntennaBars5,
  IconMinus,
} from '@tabler/icons-react'
import classes from '#web/tasks/marks.module.css'
import type { Priority } from '#web/tasks/task.ts'

const icons = {
  none: IconMinus,
  low: IconAntennaBars3,
  medium: IconAntennaBars4,
  high: IconAntennaBars5,
  urgent: IconAlertSquareFilled,
} satisfies Record<Priority, unknown>

export function PriorityMark({ priority, size = 18 }: { priority: Priority; size?: number }) {
  const Mark = icons[priority]
  return (
    <span className={classes.priority} data-priority={priority}>
      <Mark size={size} stroke={2} aria-hidden />
    </span>
  )
}
