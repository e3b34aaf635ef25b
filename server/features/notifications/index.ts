import { countNotifications } from '#server/features/notifications/count-notifications.ts'
import { getNotificationSettings } from '#server/features/notifications/get-notification-settings.ts'
import { listNotifications } from '#server/features/notifications/list-notifications.ts'
import { openDigestUnsubscription } from '#server/features/notifications/open-digest-unsubscription.ts'
import { readAllNotifications } from '#server/features/notifications/read-all-notifications.ts'
import { unsubscribeFromDigest } from '#server/features/notifications/unsubscribe-from-digest.ts'
import { updateNotification } from '#server/features/notifications/update-notification.ts'
import { updateNotificationSettings } from '#server/features/notifications/update-notification-settings.ts'
import type { Feature } from '#server/http/operation.ts'

export const notifications: Feature = {
  name: 'notifications',
  description:
    'What concerns a member: made from the events and, for what is due, by the clock; never of their own doing, never of a ' +
    'task they may not read. What is unread in the morning is mailed.',
  operations: [
    listNotifications,
    countNotifications,
    readAllNotifications,
    updateNotification,
    getNotificationSettings,
    updateNotificationSettings,
    unsubscribeFromDigest,
    openDigestUnsubscription,
  ],
}
