import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { AuditExport } from '#server/features/audit-exports/audit-export.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const exportColumns = [
  'audit_export.id',
  'audit_export.format',
  'audit_export.filters',
  'audit_export.member_id as memberId',
  'audit_export.schedule_id as scheduleId',
  'audit_export.status',
  'audit_export.done_count as doneCount',
  sql<number>`coalesce(audit_export.total_count, 0)`.as('totalCount'),
  'audit_export.from_index as fromIndex',
  'audit_export.size',
  'audit_export.size_bytes as sizeBytes',
  'audit_export.sha256',
  'audit_export.failure',
  'audit_export.created_at as createdAt',
  'audit_export.finished_at as finishedAt',
  'audit_export.expires_at as expiresAt',
  'audit_export.version',
] as const

/** The exports that are there: one that has expired waits only to be swept up. */
export function exportRows({ clock }: Services, db: Reader) {
  return db
    .rows('audit_export')
    .where('audit_export.kind', '=', 'export')
    .where(
      sql<SqlBool>`(audit_export.expires_at is null or audit_export.expires_at > ${clock.now().toString()}::text::timestamptz)`,
    )
    .select(exportColumns)
}

/** One export, or the problem that there is none. */
export async function requireExport(services: Services, db: Reader, id: string): Promise<AuditExport> {
  const found = await exportRows(services, db).where('audit_export.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found as unknown as AuditExport
}
