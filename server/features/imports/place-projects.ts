import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { batchesOf } from '#server/features/imports/batches.ts'
import type { Fold } from '#server/features/imports/fold-names.ts'
import type { PlannedProject } from '#server/features/imports/import-plan.ts'
import { suggestKey } from '#server/features/projects/project-queries.ts'

/** Where the tasks of each planned project go, and from which position on. */
export type Places = { idOf: Map<string, string>; lastPosition: Map<string, number>; created: number; reused: number }

/** Uses the open project of the same name, whatever its case, else makes one with a free key. */
export async function placeProjects(db: Writer, fold: Fold, planned: readonly PlannedProject[]): Promise<Places> {
  const known = await openProjects(
    db,
    planned.map(({ name }) => fold(name)),
  )
  const keyFor = await keyMaker(db)
  const idOf = new Map<string, string>()
  const made = []
  const reused = new Set<string>()
  for (const { ref, name, description, key } of planned) {
    const folded = fold(name)
    const there = known.get(folded)
    const id = there ?? uuid7()
    idOf.set(ref, id)
    if (there) {
      reused.add(there)
      continue
    }
    known.set(folded, id)
    made.push({ id, name, description, key: keyFor(key ?? suggestKey(name)), creator_id: db.access.memberId })
  }
  const mine = new Set(made.map(({ id }) => id))
  const before = [...reused].filter(id => !mine.has(id))
  for (const batch of batchesOf(made)) await db.insert('project', batch)
  return { idOf, lastPosition: await lastPositions(db, before), created: made.length, reused: before.length }
}

/** All of the plan goes into one project. */
export async function placeInto(db: Writer, projectId: string, planned: readonly PlannedProject[]): Promise<Places> {
  const idOf = new Map(planned.map(({ ref }) => [ref, projectId]))
  return { idOf, lastPosition: await lastPositions(db, [projectId]), created: 0, reused: 1 }
}

async function openProjects(db: Writer, names: string[]): Promise<Map<string, string>> {
  const rows = await db
    .rows('project')
    .where('project.archived_at', 'is', null)
    .where(sql<boolean>`lower(project.name) = any(${names}::text[])`)
    .select(['project.id', sql<string>`lower(project.name)`.as('folded')])
    .orderBy('project.id', 'desc')
    .execute()
  // Of two with one name, the older stands last and stays.
  return new Map(rows.map(({ folded, id }) => [folded, id]))
}

async function keyMaker(db: Writer): Promise<(wanted: string) => string> {
  const rows = await db.rows('project').select('project.key').execute()
  const taken = new Set(rows.map(({ key }) => key))
  const counts = new Map<string, number>()
  return wanted => {
    let key = wanted
    for (let count = counts.get(wanted) ?? 2; taken.has(key); count++) {
      key = `${wanted.slice(0, 10 - String(count).length)}${count}`
      counts.set(wanted, count)
    }
    taken.add(key)
    return key
  }
}

async function lastPositions(db: Writer, projectIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .rows('task')
    .where('task.project_id', '=', sql<string>`any(${projectIds}::uuid[])`)
    .select(['task.project_id', sql<number>`max(task.position)`.as('position')])
    .groupBy('task.project_id')
    .execute()
  return new Map(rows.map(({ project_id, position }) => [project_id, position]))
}
