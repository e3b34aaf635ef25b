import { Comment } from '#server/features/comments/comment.ts'
import { commentColumns } from '#server/features/comments/comment-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listComments = operation({
  id: 'listComments',
  summary: 'List the comments of a task',
  description: 'Oldest first.',
  route: 'GET /api/workspaces/:workspace/tasks/:task/comments',
  needs: { resource: 'comment', action: 'read' },
  params: inWorkspace('task'),
  query: object(listQuery),
  returns: page(Comment),
  async run({ db, params, query, services, workspace }) {
    const task = await db.require('task', params.task)
    // In the order of the index comment_task.
    const keys = [{ ref: 'comment.id', type: 'uuid' }] as const
    return listPage(
      { services, workspace, query },
      `comments/${task.id}`,
      keys,
      ({ after, order, keys: cursor, limit }) =>
        db
          .rows('comment')
          .where(after)
          .where('comment.task_id', '=', task.id)
          .select(commentColumns)
          .select(cursor)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
  },
})
