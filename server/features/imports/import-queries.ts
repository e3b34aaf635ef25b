import type { Reader } from '#server/database/door.ts'
import type { Import } from '#server/features/imports/import.ts'
import { problem } from '#server/http/problems.ts'

export const importColumns = [
  'import.id',
  'import.member_id as memberId',
  'import.format',
  'import.file_name as fileName',
  'import.project_id as projectId',
  'import.status',
  'import.done_count as doneCount',
  'import.total_count as totalCount',
  'import.result',
  'import.created_at as createdAt',
  'import.finished_at as finishedAt',
  'import.version',
] as const

/** One import, or the problem that there is none that the caller may read. */
export async function requireImport(db: Reader, id: string): Promise<Import> {
  const found = await db.rows('import').where('import.id', '=', id).select(importColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found as Import
}
