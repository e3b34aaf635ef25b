import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { type Changes, digestOf, textFields, writtenBy } from '#server/features/audit-erasures/find-fields.ts'

/** Whom an erasure is about: what they were called, and what they wrote, by digest. */
export type Person = { memberId: string; called: ReadonlySet<string>; wrote: ReadonlySet<string> }

const leavesAtOnce = 20_000

/**
 * Gathers it from the events below `size`, before any of them loses a field: others' events tell of it too, when they
 * changed or removed it.
 * @param db as the owner of the workspace's tables.
 */
export async function findPerson(
  read: <T>(work: (db: Kysely<WorkspaceTables>) => Promise<T>) => Promise<T>,
  memberId: string,
  size: number,
): Promise<Person> {
  const called = new Set<string>()
  const wrote = new Set<string>()
  const add = (value: unknown) => typeof value === 'string' && value !== '' && called.add(value)
  const member = await read(db =>
    db.selectFrom('member').select(['name', 'email']).where('id', '=', memberId).executeTakeFirst(),
  )
  for (const value of Object.values(member ?? {})) add(value)
  for (let from = 0; from < size; from += leavesAtOnce) {
    for (const event of await read(db => readOwn(db, memberId, from, Math.min(size, from + leavesAtOnce)))) {
      if (event.member_id === memberId) add(event.member_name)
      if (event.entity === 'member' && event.entity_id === memberId)
        for (const field of ['name', 'email', 'from', 'to'])
          for (const value of [event.changes[field]?.from, event.changes[field]?.to]) add(value)
      if (!writtenBy(event, memberId)) continue
      for (const field of textFields) {
        const value = event.changes[field]?.to
        if (typeof value === 'string' && value !== '') wrote.add(digestOf(event.entity_id, field, value))
      }
    }
  }
  return { memberId, called, wrote }
}

type Own = { entity: string; entity_id: string; member_id: string | null; member_name: string | null; changes: Changes }

async function readOwn(
  db: Kysely<WorkspaceTables>,
  memberId: string,
  from: number,
  until: number,
): Promise<(Own & { action: string })[]> {
  const { rows } = await sql<Own & { action: string }>`
    select e.entity, e.entity_id, e.action, e.member_id, e.member_name, e.changes
    from audit_leaf l join audit_event e on e.id = l.event_id
    where l.index >= ${from} and l.index < ${until} and (e.member_id = ${memberId} or e.entity_id = ${memberId}
      or (e.entity in ('comment', 'time_entry', 'attachment') and strpos(e.changes::text, ${memberId}) > 0))`.execute(
    db,
  )
  return rows
}

/** What is kept, sealed, as long as the erasure runs. */
export function packPerson({ called, wrote }: Person): string {
  return JSON.stringify({ called: [...called], wrote: [...wrote] })
}

export function unpackPerson(memberId: string, packed: string): Person {
  const { called, wrote } = JSON.parse(packed) as { called: string[]; wrote: string[] }
  return { memberId, called: new Set(called), wrote: new Set(wrote) }
}
