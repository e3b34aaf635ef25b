import { setImmediate as othersTurn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { appendToTiles, partialTiles, type TileChange } from '#server/audit-log/tiles.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { oldestRunning } from '#server/events/follow.ts'
import { leafColumns, leafOfRow } from '#server/features/audit/leaf-rows.ts'
import type { Sealed } from '#server/features/audit/tree-queries.ts'
import type { Services } from '#server/services.ts'

/** `sealed`: how many events. `left`: what there is still to seal, now (`more`) or once older transactions have ended. */
export type Sealing = { sealed: number; left: 'nothing' | 'unsettled' | 'more' }

// More at once are barely cheaper each, and the row that says how far sealing has come stays locked for longer.
const atOnce = 500
// Hashing stands in the way of requests in the same process: so many events take it 3 ms.
const inOneGo = 100

/**
 * Appends the settled events to the workspace's tree, in commit order. A batch is one transaction, so a process that is
 * killed leaves whole batches; of two at once, the second is refused and reads again.
 * @param forMs gives others of the workspace their turn after so long.
 */
export async function sealEvents(
  services: Services,
  workspace: WorkspaceAddress,
  { signal, forMs = Number.POSITIVE_INFINITY }: { signal?: AbortSignal; forMs?: number } = {},
): Promise<Sealing> {
  const until = performance.now() + forMs
  let sealed = 0
  for (;;) {
    const batch = await sealBatch(services, workspace)
    sealed += batch.sealed
    if (batch.left !== 'more' || signal?.aborted || performance.now() > until) return { sealed, left: batch.left }
  }
}

async function sealBatch({ workspaces }: Services, workspace: WorkspaceAddress): Promise<Sealing> {
  try {
    return await workspaces.system(workspace, async db => {
      const before = await findHorizon(db)
      const { rows, unsettled } = await readSettled(db, before)
      if (rows.length > 0) await append(db, before, rows)
      return { sealed: rows.length, left: rows.length === atOnce ? 'more' : unsettled ? 'unsettled' : 'nothing' }
    })
  } catch (error) {
    // Another process has sealed them a moment ago.
    if (error instanceof pg.DatabaseError && error.code === '40001') return { sealed: 0, left: 'more' }
    throw error
  }
}

type Before = Sealed & { horizon: string }

/** In READ COMMITTED the horizon of this statement is older than the snapshot of the next, which reads the events. */
async function findHorizon(db: Kysely<WorkspaceTables>): Promise<Before> {
  return db
    .selectFrom('workspace')
    .select([sql<string>`sealed_xid::text`.as('xid'), 'sealed_seq as seq', 'sealed_size as size'])
    .select(sql<string>`${oldestRunning}::text`.as('horizon'))
    .executeTakeFirstOrThrow()
}

// The index is audit_event_order.
async function readSettled(db: Kysely<WorkspaceTables>, { xid, seq, horizon }: Before) {
  const rows = await db
    .selectFrom('audit_event')
    .select(leafColumns)
    .select([
      sql<string>`audit_event.xid::text`.as('xid'),
      'audit_event.seq',
      sql<boolean>`audit_event.xid < ${horizon}::text::xid8`.as('settled'),
    ])
    .where(sql<boolean>`(audit_event.xid, audit_event.seq) > (${xid}::text::xid8, ${seq}::bigint)`)
    .orderBy('audit_event.xid')
    .orderBy('audit_event.seq')
    .limit(atOnce)
    .execute()
  const settled = rows.filter(row => row.settled)
  return { rows: settled, unsettled: settled.length < rows.length }
}

type Settled = Awaited<ReturnType<typeof readSettled>>['rows']

async function append(db: Kysely<WorkspaceTables>, { size }: Before, rows: Settled): Promise<void> {
  const changes = appendToTiles(size, await readPartial(db, size), await leavesOf(rows))
  const last = rows.at(-1)!
  await sql`select seal_audit_events_:schema(${size}, ${last.xid}::text::xid8, ${last.seq}, ${rows.map(({ id }) => id)}::uuid[],
    ${JSON.stringify(changes.map(toJson))}::jsonb)`.execute(db)
}

async function leavesOf(rows: Settled): Promise<Buffer[]> {
  const leaves: Buffer[] = []
  for (const row of rows) {
    if (leaves.length > 0 && leaves.length % inOneGo === 0) await othersTurn()
    leaves.push(leafOfRow(row))
  }
  return leaves
}

/** The tiles that are begun, by level; none where the level ends with a full one. */
async function readPartial(db: Kysely<WorkspaceTables>, size: number): Promise<Uint8Array[]> {
  const begun = partialTiles(size)
  const wanted = begun.filter(({ width }) => width > 0)
  if (wanted.length === 0) return begun.map(() => new Uint8Array())
  const tiles = await db
    .selectFrom('audit_tile')
    .select(['level', 'hashes'])
    .where(sql<boolean>`(level, n) in (select * from unnest(${wanted.map(({ level }) => level)}::smallint[],
      ${wanted.map(({ n }) => n)}::bigint[]))`)
    .execute()
  const byLevel = new Map(tiles.map(({ level, hashes }) => [level, hashes]))
  return begun.map(({ level, width }) => (width > 0 && byLevel.get(level)) || new Uint8Array())
}

function toJson({ hashes, ...tile }: TileChange) {
  return { ...tile, hashes: hashes.toString('hex') }
}
