import { uuid7 } from '#server/crypto/uuid7.ts'
import { Comment, NewComment } from '#server/features/comments/comment.ts'
import { requireComment } from '#server/features/comments/comment-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createComment = operation({
  id: 'createComment',
  summary: 'Comment on a task',
  description: 'Whoever may read a task, a viewer too, may comment on it.',
  route: 'POST /api/workspaces/:workspace/tasks/:task/comments',
  needs: { resource: 'comment', action: 'create' },
  params: inWorkspace('task'),
  body: NewComment,
  example: { body: 'The supplier delivers on **Monday**.' },
  returns: Comment,
  status: 201,
  async run({ db, params, body }) {
    const task = await db.require('task', params.task)
    const id = uuid7()
    await db.insert('comment', { id, task_id: task.id, author_id: db.access.memberId, body: body.body })
    return requireComment(db, id)
  },
})
