import { createComment } from '#server/features/comments/create-comment.ts'
import { deleteComment } from '#server/features/comments/delete-comment.ts'
import { getComment } from '#server/features/comments/get-comment.ts'
import { listComments } from '#server/features/comments/list-comments.ts'
import { updateComment } from '#server/features/comments/update-comment.ts'
import type { Feature } from '#server/http/operation.ts'

export const comments: Feature = {
  name: 'comments',
  description: 'What people say on a task, in Markdown.',
  operations: [listComments, createComment, getComment, updateComment, deleteComment],
}
