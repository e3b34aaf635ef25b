import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { Comment } from '#server/features/comments/comment.ts'
import { problem } from '#server/http/problems.ts'

export const commentColumns = [
  'comment.id',
  'comment.task_id as taskId',
  'comment.author_id as authorId',
  'comment.body',
  'comment.created_at as createdAt',
  'comment.edited_at as editedAt',
  'comment.version',
  sql<string | null>`nullif(comment.author_name, '')`.as('authorName'),
] as const

/** One comment, or the problem that there is none that the caller may read. */
export async function requireComment(db: Reader, id: string): Promise<Comment> {
  const found = await db.rows('comment').where('comment.id', '=', id).select(commentColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}
