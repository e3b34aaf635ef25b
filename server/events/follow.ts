import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { type AuditEvent, auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'

/** Up to where a reader has come. `xid` is a 64-bit number and therefore text. */
export type Position = { xid: string; seq: number }
export type FollowedEvent = AuditEvent & { position: Position }
/** `unsettled`: more events are there, which may be read once the transactions before them have ended. */
export type Batch = { events: FollowedEvent[]; unsettled: boolean }

/**
 * The next events in commit order, none left out: an event counts only once every transaction that began before it
 * has ended, because one that commits late would otherwise fall behind the reader. The index is audit_event_order.
 */
export async function readEvents(db: Kysely<WorkspaceTables>, after: Position, limit: number): Promise<Batch> {
  const rows = await db
    .selectFrom('audit_event')
    .select(auditColumns)
    .select([
      sql<string>`audit_event.xid::text`.as('xid'),
      'audit_event.seq',
      sql<boolean>`audit_event.xid < pg_snapshot_xmin(pg_current_snapshot())`.as('settled'),
    ])
    .where(sql<boolean>`(audit_event.xid, audit_event.seq) > (${after.xid}::text::xid8, ${after.seq}::bigint)`)
    .orderBy('audit_event.xid')
    .orderBy('audit_event.seq')
    .limit(limit)
    .execute()
  const settled = rows.filter(row => row.settled)
  const events = settled.map(({ xid, seq, settled: _, ...row }) => ({ ...toAuditEvent(row), position: { xid, seq } }))
  return { events, unsettled: settled.length < rows.length }
}

/** Where a reader begins that wants nothing of the past: before the oldest transaction that still runs. */
export async function positionNow(db: Kysely<WorkspaceTables>): Promise<Position> {
  const { rows } = await sql<{ xid: string }>`select ${oldestRunning}::text as xid`.execute(db)
  return { xid: rows[0]!.xid, seq: 0 }
}

export const oldestRunning = sql<string>`pg_snapshot_xmin(pg_current_snapshot())`
