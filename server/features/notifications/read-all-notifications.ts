import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const readAllNotifications = operation({
  id: 'readAllNotifications',
  summary: "Mark all of one's notifications as read",
  route: 'POST /api/workspaces/:workspace/notifications/read-all',
  needs: 'membership',
  params: inWorkspace(),
  async run({ db, services }) {
    await db
      .update('notification', 'write')
      .set({ read_at: services.clock.now().toString() })
      .where('notification.read_at', 'is', null)
      .execute()
    return undefined
  },
})
