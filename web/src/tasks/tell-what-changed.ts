import { notifications } from '@mantine/notifications'
import type { Task } from '#client'
import { currentMessages } from '#web/messages/language.ts'

const shown = [
  'title',
  'description',
  'status',
  'priority',
  'assigneeId',
  'dueOn',
  'startOn',
  'estimateSeconds',
] as const

/** Says which fields somebody else changed meanwhile; what they are now is on the page. */
export function tellWhatChanged(before: Task, now: Task): void {
  const { work } = currentMessages()
  const changed = shown.filter(field => before[field] !== now[field]).map(field => work.task.fields[field])
  notifications.show({
    color: 'orange',
    role: 'alert',
    title: work.task.changedMeanwhile(now.key),
    message: changed.length > 0 ? work.task.changedFields(changed.join(', ')) : work.task.changedElsewhere,
    autoClose: 8000,
  })
}
