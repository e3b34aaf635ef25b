import type { Task } from '#client'
import { today, useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from '#web/tasks/marks.module.css'
import { isOpen } from '#web/tasks/task.ts'

/** When a task is due; late and today stand out, in words too. */
export function DueLabel({ task }: { task: Pick<Task, 'dueOn' | 'status'> }) {
  const formats = useFormats()
  const { work } = useMessages()
  const { dueOn, status } = task
  if (!dueOn) return null
  const now = today()
  const urgency = !isOpen(status) || dueOn > now ? undefined : dueOn < now ? 'overdue' : 'today'
  const sameYear = dueOn.slice(0, 4) === now.slice(0, 4)
  const day = sameYear ? formats.shortDay(dueOn) : formats.day(dueOn)
  const words =
    urgency === 'overdue' ? work.task.overdueSince(formats.day(dueOn)) : work.task.dueDay(formats.day(dueOn))
  return (
    <time className={classes.due} data-urgency={urgency} dateTime={dueOn} title={words}>
      {urgency === 'today' ? work.task.dueToday : day}
    </time>
  )
}
