import type { Reader } from '#server/database/door.ts'
import type { AuditExportSchedule } from '#server/features/audit-exports/audit-export-schedule.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const scheduleColumns = [
  'audit_export.id',
  'audit_export.format',
  'audit_export.every',
  'audit_export.hour',
  'audit_export.webhook_id as webhookId',
  'audit_export.active',
  'audit_export.member_id as memberId',
  'audit_export.next_at as nextAt',
  'audit_export.next_index as nextIndex',
  'audit_export.created_at as createdAt',
  'audit_export.updated_at as updatedAt',
  'audit_export.version',
] as const

export function scheduleRows(db: Reader) {
  return db.rows('audit_export').where('audit_export.kind', '=', 'schedule').select(scheduleColumns)
}

/** One schedule, or the problem that there is none. */
export async function requireSchedule(db: Reader, id: string): Promise<AuditExportSchedule> {
  const found = await scheduleRows(db).where('audit_export.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found as AuditExportSchedule
}

/** The job of a schedule's next turn. What lies behind is done at once: a server that was off catches up. */
export async function queueTurn(
  { jobs, clock }: Services,
  workspaceId: string,
  { id, nextAt }: { id: string; nextAt: string },
): Promise<void> {
  const at = Temporal.Instant.from(nextAt).epochMilliseconds
  await jobs.add(
    'run-audit-schedule',
    { workspaceId, scheduleId: id },
    // The moment is part of the key: a job that waits for another hour than the one that is now set finds nothing to do.
    { key: `audit-schedule/${id}/${at}`, delayMs: Math.max(0, at - clock.now().epochMilliseconds) },
  )
}
