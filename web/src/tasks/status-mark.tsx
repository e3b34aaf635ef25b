import {
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDot,
  IconCircleHalf2,
  IconCircleX,
} from '@tabler/icons-react'
import classes from '#web/tasks/marks.module.css'
import type { Status } from '#web/tasks/task.ts'

const icons = {
  backlog: IconCircleDashed,
  todo: IconCircle,
  doing: IconCircleHalf2,
  review: IconCircleDot,
  done: IconCircleCheckFilled,
  cancelled: IconCircleX,
} satisfies Record<Status, unknown>

/** A status as a mark; its name stands beside it or labels it. */
export function StatusMark({ status, size = 18 }: { status: Status; size?: number }) {
  const Mark = icons[status]
  return (
    <span className={classes.status} data-status={status}>
      <Mark size={size} stroke={2} aria-hidden />
    </span>
  )
}
