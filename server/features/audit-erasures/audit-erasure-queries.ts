import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { AuditErasure } from '#server/features/audit-erasures/audit-erasure.ts'
import { problem } from '#server/http/problems.ts'

const erasureColumns = [
  'audit_erasure.id',
  'audit_erasure.member_id as memberId',
  'audit_erasure.what',
  'audit_erasure.reason',
  'audit_erasure.asker_id as askerId',
  'audit_erasure.status',
  'audit_erasure.failure',
  sql<number>`least(audit_erasure.next_index, audit_erasure.size)`.as('doneCount'),
  'audit_erasure.size as totalCount',
  'audit_erasure.erased_count as erasedCount',
  'audit_erasure.created_at as createdAt',
  'audit_erasure.finished_at as finishedAt',
  'audit_erasure.version',
] as const

export function erasureRows(db: Reader) {
  return db.rows('audit_erasure').select(erasureColumns)
}

/** One erasure, or the problem that there is none. */
export async function requireErasure(db: Reader, id: string): Promise<AuditErasure> {
  const found = await erasureRows(db).where('audit_erasure.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found as AuditErasure
}
