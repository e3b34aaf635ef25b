import { Attachment } from '#server/features/attachments/attachment.ts'
import { attachmentColumns } from '#server/features/attachments/attachment-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listAttachments = operation({
  id: 'listAttachments',
  summary: 'List the attachments of a task',
  description: 'Oldest first.',
  route: 'GET /api/workspaces/:workspace/tasks/:task/attachments',
  needs: { resource: 'attachment', action: 'read' },
  params: inWorkspace('task'),
  query: object(listQuery),
  returns: page(Attachment),
  async run({ db, params, query, services, workspace }) {
    const task = await db.require('task', params.task)
    // In the order of the index attachment_task.
    const keys = [{ ref: 'attachment.id', type: 'uuid' }] as const
    return listPage(
      { services, workspace, query },
      `attachments/${task.id}`,
      keys,
      ({ after, order, keys: cursor, limit }) =>
        db
          .rows('attachment')
          .where(after)
          .where('attachment.task_id', '=', task.id)
          .select(attachmentColumns)
          .select(cursor)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
  },
})
