import type { Reader } from '#server/database/door.ts'
import type { Attachment } from '#server/features/attachments/attachment.ts'
import { problem } from '#server/http/problems.ts'

export const attachmentColumns = [
  'attachment.id',
  'attachment.task_id as taskId',
  'attachment.creator_id as creatorId',
  'attachment.name',
  'attachment.media_type as mediaType',
  'attachment.size_bytes as sizeBytes',
  'attachment.sha256',
  'attachment.created_at as createdAt',
  'attachment.version',
] as const

/** One attachment, or the problem that there is none that the caller may read. */
export async function requireAttachment(db: Reader, id: string): Promise<Attachment> {
  const found = await db.rows('attachment').where('attachment.id', '=', id).select(attachmentColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}
