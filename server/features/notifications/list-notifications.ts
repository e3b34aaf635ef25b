import Type from 'typebox'
import { Notification, notificationColumns } from '#server/features/notifications/notification.ts'
import { withTasks } from '#server/features/notifications/notification-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listNotifications = operation({
  id: 'listNotifications',
  summary: "List one's notifications",
  description: 'Newest first.',
  route: 'GET /api/workspaces/:workspace/notifications',
  needs: 'membership',
  params: inWorkspace(),
  query: object({
    ...listQuery,
    unread: Type.Optional(Type.Boolean({ default: false, description: 'Only the unread ones' })),
  }),
  returns: page(Notification),
  // The index is notification_member.
  async run({ db, query, services, workspace }) {
    const keys = [{ ref: 'notification.id', type: 'uuid', descending: true }] as const
    const found = await listPage(
      { services, workspace, query },
      `notifications/${query.unread}`,
      keys,
      ({ after, order, keys: cursorKeys, limit }) => {
        let rows = db.rows('notification').where(after)
        if (query.unread) rows = rows.where('notification.read_at', 'is', null)
        return rows.select(notificationColumns).select(cursorKeys).orderBy(order).limit(limit).execute()
      },
    )
    return { ...found, items: await withTasks(db, found.items) }
  },
})
