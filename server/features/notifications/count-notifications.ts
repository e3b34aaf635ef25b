import Type from 'typebox'
import { countUnread } from '#server/features/notifications/notification-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const countNotifications = operation({
  id: 'countNotifications',
  summary: "Count one's unread notifications",
  route: 'GET /api/workspaces/:workspace/notifications/count',
  needs: 'membership',
  params: inWorkspace(),
  returns: Type.Object({ unread: Type.Integer() }),
  run: async ({ db }) => ({ unread: await countUnread(db) }),
})
