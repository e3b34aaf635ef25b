import { NotificationSettings, ownSettings } from '#server/features/notifications/notification-settings.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getNotificationSettings = operation({
  id: 'getNotificationSettings',
  summary: 'Read what one is mailed',
  route: 'GET /api/workspaces/:workspace/me/notification-settings',
  needs: 'membership',
  params: inWorkspace(),
  returns: NotificationSettings,
  run: ({ db }) => ownSettings(db),
})
