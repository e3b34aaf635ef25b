import { sql } from 'kysely'
import type { ReadWorkspace } from '#server/features/audit/tree-queries.ts'

type Range = readonly [first: number, last: number]

/** What retention says that it removed: in events `audit.pruned`, each of leaves before its own. */
export async function openPruned(read: ReadWorkspace) {
  let ranges = await readRanges(read)
  return {
    /** Asks once more where it is not so, because retention may be at work while we look. */
    async explains(index: number): Promise<boolean> {
      if (isIn(ranges, index)) return true
      ranges = await readRanges(read)
      return isIn(ranges, index)
    },
  }
}

/** In order, and those that touch made one, so that years of retention are a few numbers. */
async function readRanges(read: ReadWorkspace): Promise<Range[]> {
  const { rows } = await read(db =>
    // The indexes are audit_leaf_found, and audit_event_order for those that are not sealed yet.
    sql<{ first: number; last: number }>`select (r.range ->> 0)::float8 as first, (r.range ->> 1)::float8 as last
      from audit_event e left join audit_leaf l on l.event_id = e.id
      cross join lateral jsonb_array_elements(
        case when jsonb_typeof(e.changes #> '{ranges,to}') = 'array' then e.changes #> '{ranges,to}' else '[]' end) as r (range)
      where (e.id = any(array(select p.event_id from audit_leaf p where p.terms @> '{a:audit.pruned}'))
          or (e.xid, e.seq) > (select w.sealed_xid, w.sealed_seq from workspace w))
        and e.action = 'audit.pruned' and jsonb_typeof(r.range -> 0) = 'number' and jsonb_typeof(r.range -> 1) = 'number'
        and (l.index is null or (r.range ->> 1)::float8 < l.index)
      order by 1`.execute(db),
  )
  const merged: [number, number][] = []
  for (const { first, last } of rows) {
    const before = merged.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

function isIn(ranges: readonly Range[], index: number): boolean {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[middle]![1] < index) low = middle + 1
    else high = middle
  }
  const range = ranges[low]
  return range !== undefined && range[0] <= index
}
