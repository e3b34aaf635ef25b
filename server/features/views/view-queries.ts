import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { Filters, View } from '#server/features/views/view.ts'
import { problem } from '#server/http/problems.ts'

export const viewColumns = [
  'saved_view.id',
  'saved_view.member_id as memberId',
  'saved_view.name',
  'saved_view.shared',
  'saved_view.layout',
  sql<Filters>`saved_view.filters`.as('filters'),
  'saved_view.created_at as createdAt',
  'saved_view.updated_at as updatedAt',
  'saved_view.version',
] as const

/** One view, or the problem that there is none that the caller may read. */
export async function requireView(db: Reader, id: string): Promise<View> {
  const found = await db.rows('view').where('saved_view.id', '=', id).select(viewColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}
