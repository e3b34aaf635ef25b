import { type Kysely, sql } from 'kysely'
import { commitment, fieldsOf, LeafError } from '#server/audit-log/leaf.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { camelCase } from '#server/features/audit/audit-event.ts'
import { type LeafRow, leafColumns, leafOfRow, leafParts } from '#server/features/audit/leaf-rows.ts'
import type { ErasureKind } from '#server/features/audit-erasures/audit-erasure.ts'
import { type Changes, type Fields, findFields } from '#server/features/audit-erasures/find-fields.ts'
import type { Person } from '#server/features/audit-erasures/person.ts'

// Small, because texts of 100,000 characters may be among them, and hashing stands in the way of other jobs.
const atOnce = 500

type Batch = { done: number; total: number } | 'done' | 'held'

/**
 * Erases from the next events of an erasure that runs.
 * @param db a transaction as the owner of the workspace's tables. Throws `LeafError` where a leaf would not stay what it is.
 */
export async function eraseBatch(
  db: Kysely<WorkspaceTables>,
  { id, person, what }: { id: string; person: Person; what: readonly ErasureKind[] },
): Promise<Batch> {
  const place = await db
    .selectFrom('audit_erasure')
    .innerJoin('workspace', join => join.onTrue())
    .select(['next_index as from', 'size', 'legal_hold as isHeld'])
    .where('audit_erasure.id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirst()
  if (!place || place.from >= place.size) return 'done'
  if (place.isHeld) return 'held'
  const next = Math.min(place.size, place.from + atOnce)
  const rows = await readRows(db, place.from, next)
  const found = rows.flatMap(row => {
    const fields = findFields(toStored(row), person, what)
    return fields.changes.length + fields.others.length > 0 ? [{ row, fields }] : []
  })
  const events = found.map(({ row, fields }) => toErased(row, fields))
  await sql`select erase_audit_fields_:schema(${id}, ${place.from}, ${next}, ${JSON.stringify(events)}::text::jsonb)`.execute(
    db,
  )
  await expectSameLeaves(
    db,
    found.map(({ row }) => row),
  )
  return { done: next, total: place.size }
}

type Row = LeafRow

function readRows(db: Kysely<WorkspaceTables>, from: number, until: number): Promise<Row[]> {
  return db
    .selectFrom('audit_leaf')
    .innerJoin('audit_event', 'audit_event.id', 'audit_leaf.event_id')
    .where(sql<boolean>`audit_leaf.index >= ${from} and audit_leaf.index < ${until}`)
    .select(leafColumns)
    .execute()
}

function toStored(row: Row) {
  const { entity, entityId, action, memberId, memberName, tokenName, address, reason } = row
  const names = { entity_id: entityId, member_id: memberId, member_name: memberName, token_name: tokenName }
  return { entity, action, address, reason, ...names, changes: row.changes as Changes }
}

function toErased(row: Row, { changes, others }: Fields) {
  const { event, salts } = leafParts(row)
  const values = new Map(fieldsOf(event))
  const commit = (field: string) => {
    const salt = salts(field)
    if (!salt) throw new LeafError(`The field ${field} has no salt.`)
    return commitment(salt, values.get(field))
  }
  return {
    id: row.id,
    changes: Object.fromEntries(changes.map(name => [name, commit(`changes.${camelCase(name)}`)])),
    others: Object.fromEntries(others.map(name => [name, commit(name)])),
  }
}

/** What was erased is read back: were a leaf another one now, nothing of this batch has happened. */
async function expectSameLeaves(db: Kysely<WorkspaceTables>, before: readonly Row[]): Promise<void> {
  if (before.length === 0) return
  const after = await db
    .selectFrom('audit_event')
    .where('audit_event.id', '=', sql<string>`any(${before.map(({ id }) => id)}::uuid[])`)
    .select(leafColumns)
    .execute()
  const byId = new Map(after.map(row => [row.id, row]))
  for (const row of before) {
    const now = byId.get(row.id)
    if (!now || !leafOfRow(now).equals(leafOfRow(row)))
      throw new LeafError(`The leaf of the event ${row.id} would change.`)
  }
}
