import Type from 'typebox'
import { Notification, notificationColumns } from '#server/features/notifications/notification.ts'
import { withTasks } from '#server/features/notifications/notification-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'

export const updateNotification = operation({
  id: 'updateNotification',
  summary: 'Mark a notification as read or unread',
  route: 'PATCH /api/workspaces/:workspace/notifications/:notification',
  needs: 'membership',
  params: inWorkspace('notification'),
  body: object({ read: Type.Boolean() }),
  example: { read: true },
  returns: Notification,
  async run({ db, params, body, services, problem }) {
    const { id, read_at: readAt } = await db.require('notification', params.notification, 'write')
    const now = services.clock.now().toString()
    await db
      .update('notification', 'write')
      .set({ read_at: body.read ? (readAt ?? now) : null })
      .where('notification.id', '=', id)
      .execute()
    const rows = await db.rows('notification').where('notification.id', '=', id).select(notificationColumns).execute()
    const [found] = await withTasks(db, rows)
    if (!found) throw problem('not-found')
    return found
  },
})
