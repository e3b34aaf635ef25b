import { Comment, CommentChanges } from '#server/features/comments/comment.ts'
import { requireComment } from '#server/features/comments/comment-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateComment = operation({
  id: 'updateComment',
  summary: 'Edit a comment',
  description:
    'Sets `editedAt`, unless the text stays as it was. What it said before stays in the history of the task.',
  route: 'PATCH /api/workspaces/:workspace/comments/:comment',
  needs: { resource: 'comment', action: 'update' },
  params: inWorkspace('comment'),
  body: CommentChanges,
  example: { body: 'The supplier delivers on **Tuesday**.' },
  returns: Comment,
  async run({ db, params, body, request, services }) {
    const comment = await db.require('comment', params.comment, 'update', request.ifMatch)
    if (body.body !== undefined && body.body !== comment.body) {
      const changed = { body: body.body, edited_at: services.clock.now().toString() }
      await db.update('comment', 'update').set(changed).where('comment.id', '=', comment.id).execute()
    }
    return requireComment(db, comment.id)
  },
})
