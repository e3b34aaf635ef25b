import { Comment } from '#server/features/comments/comment.ts'
import { requireComment } from '#server/features/comments/comment-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getComment = operation({
  id: 'getComment',
  summary: 'Read a comment',
  route: 'GET /api/workspaces/:workspace/comments/:comment',
  needs: { resource: 'comment', action: 'read' },
  params: inWorkspace('comment'),
  returns: Comment,
  run: ({ db, params }) => requireComment(db, params.comment),
})
