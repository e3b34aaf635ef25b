import type { Reader } from '#server/database/door.ts'
import type { Tag } from '#server/features/tags/tag.ts'
import { problem } from '#server/http/problems.ts'

export const tagColumns = ['tag.id', 'tag.name', 'tag.color', 'tag.version'] as const

/** One tag, or the problem that there is none that the caller may read. */
export async function requireTag(db: Reader, id: string): Promise<Tag> {
  const found = await db.rows('tag').where('tag.id', '=', id).select(tagColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}
