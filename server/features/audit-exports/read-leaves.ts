import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { planAnew } from '#server/database/dialect.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { type AuditFilters, whereColumns } from '#server/features/audit/audit-filters.ts'
import { type LeafParts, leafColumns, leafParts } from '#server/features/audit/leaf-rows.ts'

/** The leaves from `from` on, below `size`, whose events the filters want. */
export type LeafRange = { from: number; size: number; filters: AuditFilters }
/** An event with the number of its leaf, and what that is made of. */
export type ExportedEvent = LeafParts & { index: number }

type Rows = SelectQueryBuilder<WorkspaceTables, 'audit_event', object>
/**
 * Runs a query as whoever exports, with what they may read at this moment. It is asked for each page, so what somebody
 * has lost ends their export within one.
 */
export type AsExporter = <T>(work: (rows: () => Rows) => Promise<T>) => Promise<T>

// A statement looks at so many leaves at most, however few of them are wanted: none takes long, whatever the history.
const leavesAtOnce = 20_000
const leavesCountedAtOnce = 100_000
const idsAtOnce = 2_000
const eventsAtOnce = 250
const bytesAtOnce = 1_000_000

/**
 * The events of a range in the order of their leaves, in batches that fit into a megabyte unless one event alone does
 * not. Each is read by statements of their own, so however slowly they are taken, no transaction waits.
 */
export async function* readLeaves(as: AsExporter, range: LeafRange): AsyncGenerator<ExportedEvent[]> {
  for (let from = range.from; from < range.size; ) {
    const until = Math.min(range.size, from + leavesAtOnce)
    const found = await as(rows => findPlaces(rows(), { ...range, from, size: until }))
    for (const batch of batches(found)) {
      const events = await as(rows => readEvents(rows(), batch))
      if (events.length > 0) yield events
    }
    from = found.length === idsAtOnce ? found.at(-1)!.index + 1 : until
  }
}

/** How many events `readLeaves` will find, if nothing is removed meanwhile. */
export async function countLeaves(as: AsExporter, range: LeafRange): Promise<number> {
  let total = 0
  for (let from = range.from; from < range.size; from += leavesCountedAtOnce) {
    const until = Math.min(range.size, from + leavesCountedAtOnce)
    const counted = await as(rows => count(rows(), { ...range, from, size: until }))
    total += counted?.count ?? 0
  }
  return total
}

// A leaf goes with its event, so without filters the index of the leaves says it alone.
function count(rows: Rows, range: LeafRange): Promise<{ count: number } | undefined> {
  const { from, size, filters } = range
  const all = sql<number>`(select count(*)::integer from audit_leaf l where l.index >= ${from} and l.index < ${size})`
  if (Object.keys(filters).length === 0) return rows.select(all.as('count')).limit(1).executeTakeFirst()
  return within(rows, range).select(sql<number>`count(*)::integer`.as('count')).executeTakeFirst()
}

type Place = { index: number; id: string; bytes: number }

// What is small is not unpacked only to be measured.
const bytesOf = sql<number>`case when pg_column_size(audit_event.changes) < 1000 then pg_column_size(audit_event.changes)
  else octet_length(audit_event.changes::text) end`

function findPlaces(rows: Rows, range: LeafRange): Promise<Place[]> {
  return within(rows, range)
    .select(['audit_event.id', sql<number>`audit_leaf.index::float8`.as('index'), bytesOf.as('bytes')])
    .orderBy('audit_leaf.index')
    .limit(idsAtOnce)
    .execute()
}

function within(rows: Rows, { from, size, filters }: LeafRange) {
  return whereColumns(rows, filters)
    .innerJoin('audit_leaf', 'audit_leaf.event_id', 'audit_event.id')
    .where(sql<SqlBool>`audit_leaf.index >= ${from} and audit_leaf.index < ${size} ${sql.raw(planAnew)}`)
}

function* batches(places: readonly Place[]): Generator<Place[]> {
  let batch: Place[] = []
  let bytes = 0
  for (const place of places) {
    if (batch.length === eventsAtOnce || (batch.length > 0 && bytes + place.bytes > bytesAtOnce)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(place)
    bytes += place.bytes
  }
  if (batch.length > 0) yield batch
}

async function readEvents(rows: Rows, batch: readonly Place[]): Promise<ExportedEvent[]> {
  const found = await rows
    .where(sql<SqlBool>`audit_event.id = any(${batch.map(({ id }) => id)}::uuid[])`)
    .select(leafColumns)
    .execute()
  const byId = new Map(found.map(row => [row.id, row]))
  return batch.flatMap(({ index, id }) => {
    const row = byId.get(id)
    return row ? [{ index, ...leafParts(row) }] : []
  })
}
