import { Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Notification } from '#client'
import { api } from '#web/api.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useMemberName } from '#web/members/use-member-name.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { notificationsQuery } from '#web/queries/notifications.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './notifications.module.css'

export function NotificationList({ onOpen }: { onOpen: () => void }) {
  const { shell } = useMessages()
  const workspace = useWorkspace()
  const { data, isPending } = useQuery(notificationsQuery(workspace))
  if (isPending)
    return (
      <div className={classes.empty}>
        <RowsSkeleton rows={3} />
      </div>
    )
  if (!data?.items.length) {
    return (
      <Text c="dimmed" className={classes.empty}>
        {shell.noNotifications}
      </Text>
    )
  }
  return (
    <ul className={classes.list}>
      {data.items.map(notification => (
        <li key={notification.id} data-unread={notification.readAt === null || undefined}>
          <NotificationLink notification={notification} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

function NotificationLink({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const { shell } = useMessages()
  const formats = useFormats()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const nameOf = useMemberName()
  const { id, kind, taskId, taskKey, taskTitle, actorId, dueOn, createdAt, readAt } = notification
  const read = useMutation({
    mutationFn: () => api.updateNotification({ path: { workspace, notification: id }, body: { read: true } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'notification') }),
  })
  if (!taskId) return null
  const open = () => {
    if (readAt === null) read.mutate()
    onOpen()
  }
  return (
    <Link to="/w/$workspace/tasks/$task" params={{ workspace, task: taskId }} className={classes.item} onClick={open}>
      <span>
        {shell.kinds[kind](nameOf(actorId), dueOn === null ? '' : formats.shortDay(dueOn))} <b>{taskKey}</b> {taskTitle}
      </span>
      <Text component="time" dateTime={createdAt} size="xs" c="dimmed">
        {formats.relative(createdAt)}
      </Text>
    </Link>
  )
}
