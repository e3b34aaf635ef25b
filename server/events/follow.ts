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
 * @param db in READ COMMITTED: the horizon has to be older than the snapshot that the events are read in.
 */
export async function readEvents(db: Kysely<WorkspaceTables>, after: Position, limit: number): Promise<Batch> {
  const horizon = (await positionNow(db)).xid
  const rows = await db
    .selectFrom('audit_event')
    .select(auditColumns)
    .select([
      sql<string>`audit_event.xid::text`.as('xid'),
      'audit_event.seq',
      sql<boolean>`audit_event.xid < ${horizon}::text::xid8`.as('settled'),
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

/** Where a reader begins that wants nothing of the past: before the oldest transaction that still runs here. */
export async function positionNow(db: Kysely<WorkspaceTables>): Promise<Position> {
  const { rows } = await sql<{ xid: string }>`select ${oldestRunning}::text as xid`.execute(db)
  return { xid: rows[0]!.xid, seq: 0 }
}

/**
 * The oldest transaction that may still write to this workspace. Those of other databases, other workspaces, the
 * platform, the queue and autovacuum (which has no name) cannot: without leaving them out, one long import would hold
 * up everybody's events. What cannot be told (a superuser's, a prepared one, one without its lock yet) counts, unless
 * it has ended since the snapshot: then a later one sees it.
 */
export const oldestRunning = sql<string>`(
  select least(pg_snapshot_xmax(now.snapshot), (
    select min(untold.xid::text::bigint)::text::xid8
    from (
      select running.xid from pg_snapshot_xip(now.snapshot) as running (xid)
      where not exists (
        select from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'transactionid' and l.granted
          and l.transactionid::text::bigint = running.xid::text::bigint & 4294967295
          and (a.datname <> current_database() or a.usesysid is null
            or (a.usename <> current_user and a.usename ~ '^(w_[a-z2-7]{16}|kontor_platform|kontor_jobs)$')))
      -- Asked after the locks, not before: hence the fence.
      offset 0) as untold
    where pg_xact_status(untold.xid) = 'in progress'))
  from (select pg_current_snapshot() as snapshot) as now)`
