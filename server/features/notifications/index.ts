import { countNotifications } from '#server/features/notifications/count-notifications.ts'
import { listNotifications } from '#server/features/notifications/list-notifications.ts'
import { readAllNotifications } from '#server/features/notifications/read-all-notifications.ts'
import { updateNotification } from '#server/features/notifications/update-notification.ts'
import type { Feature } from '#server/http/operation.ts'

export const notifications: Feature = {
  name: 'notifications',
  description:
    'What concerns a member: made from the events, never of their own doing, never of a task they may not read.',
  operations: [listNotifications, countNotifications, readAllNotifications, updateNotification],
}
