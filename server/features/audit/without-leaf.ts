import { sql } from 'kysely'
import { nameOf, type Problem } from '#server/audit-log/export-problems.ts'
import type { ReadWorkspace, Sealed } from '#server/features/audit/tree-queries.ts'

const atOnce = 5_000

/** The first event that stands among the sealed ones and is not in the tree, or the first leaf that is not of the tree. */
export async function findWithoutLeaf(read: ReadWorkspace, sealed: Sealed): Promise<Problem[]> {
  let [xid, seq] = ['0', 0]
  for (;;) {
    // The index is audit_event_order.
    const { rows } = await read(db =>
      sql<Found>`select e.id, e.action, e.at, e.xid::text, e.seq,
        not exists (select from audit_leaf l where l.event_id = e.id) as bare
        from audit_event e where (e.xid, e.seq) > (${xid}::text::xid8, ${seq}::bigint)
          and (e.xid, e.seq) <= (${sealed.xid}::text::xid8, ${sealed.seq}::bigint)
        order by e.xid, e.seq limit ${atOnce}`.execute(db),
    )
    const bare = rows.find(row => row.bare)
    if (bare) return [added(bare, 'was added: it stands among those that are sealed, and has no leaf in the tree.')]
    if (rows.length < atOnce) break
    ;({ xid, seq } = rows.at(-1)!)
  }
  const { rows } = await read(db =>
    sql<{ id: string; index: number }>`select l.event_id as id, l.index from audit_leaf l
      where l.index >= (select w.sealed_size from workspace w) or l.index < 0 order by l.index limit 1`.execute(db),
  )
  return rows.map(row => added(row, 'was added: the tree has no such leaf.'))
}

type Found = { id: string; action: string; at: string; xid: string; seq: number; bare: boolean }

function added({ id, ...rest }: { id: string; index?: number; action?: string; at?: string }, what: string): Problem {
  const event = { id, ...(rest.index === undefined ? {} : { index: rest.index }), ...pick(rest) }
  return { kind: 'added', sentence: `The ${nameOf(event)} ${what}`, event }
}

function pick({ action, at }: { action?: string; at?: string }) {
  return { ...(action ? { action } : {}), ...(at ? { at } : {}) }
}
