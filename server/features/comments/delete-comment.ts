import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteComment = operation({
  id: 'deleteComment',
  summary: 'Delete a comment',
  route: 'DELETE /api/workspaces/:workspace/comments/:comment',
  needs: { resource: 'comment', action: 'delete' },
  params: inWorkspace('comment'),
  async run({ db, params, request }) {
    const comment = await db.require('comment', params.comment, 'delete', request.ifMatch)
    await db.remove('comment', 'delete').where('comment.id', '=', comment.id).execute()
    return undefined
  },
})
