import { queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

export const unreadQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'notification', 'unread'),
    queryFn: ({ signal }) => api.countNotifications({ path: { workspace }, signal }),
  })

export const notificationSettingsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'member', 'notification-settings'),
    queryFn: ({ signal }) => api.getNotificationSettings({ path: { workspace }, signal }),
  })

export const notificationsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'notification', 'list'),
    queryFn: ({ signal }) => api.listNotifications({ path: { workspace }, query: { limit: 30 }, signal }),
  })
