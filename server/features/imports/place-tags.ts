import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { batchesOf } from '#server/features/imports/batches.ts'
import type { Fold } from '#server/features/imports/fold-names.ts'
import type { PlannedTag } from '#server/features/imports/import-plan.ts'

/** Uses the tag of the same name, whatever its case, else makes it. */
export async function placeTags(db: Writer, fold: Fold, planned: readonly PlannedTag[]) {
  const rows = await db
    .rows('tag')
    .where(sql<boolean>`lower(tag.name) = any(${planned.map(({ name }) => fold(name))}::text[])`)
    .select(['tag.id', sql<string>`lower(tag.name)`.as('folded')])
    .execute()
  const known = new Map(rows.map(({ folded, id }) => [folded, id]))
  const idOf = new Map<string, string>()
  const made = []
  for (const { ref, name, color } of planned) {
    const id = known.get(fold(name)) ?? uuid7()
    idOf.set(ref, id)
    if (known.has(fold(name))) continue
    known.set(fold(name), id)
    made.push({ id, name, color })
  }
  for (const batch of batchesOf(made)) await db.insert('tag', batch)
  return { idOf, created: made.length, reused: rows.length }
}
