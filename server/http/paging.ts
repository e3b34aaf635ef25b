import { type AliasedRawBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import type { Services } from '#server/services.ts'

type PageQuery = { limit?: number; cursor?: string }
/** A column of the sort key: its SQL, whether it descends, and its type for the comparison. */
export type SortKey = {
  ref: string
  descending?: boolean
  /** The column is never null: its plain order is the one that its index has, either way round. */
  notNull?: true
  /** The field of a row that has exactly this value, to the last digit. Without it the value is selected beside. */
  field?: string
  type: 'uuid' | 'timestamptz' | 'date' | 'integer' | 'bigint' | 'float8' | 'text'
}

/**
 * One page of a list, by key: the query gets what comes after the cursor, the order, the limit, and the keys as
 * further columns to select. The last key has to be unique.
 * @param workspace whose list it is; outside any workspace, the account.
 * @param list names the list and its sort order: a cursor is good for exactly that.
 */
export async function listPage<T extends object>(
  { services, workspace, query }: { services: Services; workspace: Pick<WorkspaceAddress, 'id'>; query: PageQuery },
  list: string,
  keys: readonly SortKey[],
  run: (page: {
    after: RawBuilder<SqlBool>
    order: RawBuilder<unknown>
    keys: AliasedRawBuilder<string | null, string>[]
    limit: number
  }) => Promise<T[]>,
): Promise<{ items: T[]; nextCursor: string | null }> {
  const place = { workspace: workspace.id, list }
  const limit = query.limit ?? 50
  const from = query.cursor === undefined ? undefined : decodeCursor(services.keys, place, query.cursor)
  const rows = await run({
    after: from ? comesAfter(keys, from) : sql<SqlBool>`true`,
    order: sql.join(keys.map(key => sql`${sql.ref(key.ref)} ${direction(key)}`)),
    keys: keys.flatMap((key, i) => (key.field ? [] : sql<string | null>`${sql.ref(key.ref)}::text`.as(`key_${i}`))),
    limit: limit + 1,
  })
  const items = rows.slice(0, limit)
  const last = items.at(-1) as Record<string, unknown> | undefined
  const more = rows.length > limit && last
  return {
    items,
    nextCursor: more
      ? encodeCursor(
          services.keys,
          place,
          keys.map(({ field }, i) => last[field ?? `key_${i}`]),
        )
      : null,
  }
}

function direction(key: SortKey): RawBuilder<unknown> {
  return sql.raw(`${key.descending ? 'desc' : 'asc'}${isNotNull(key) ? '' : ' nulls last'}`)
}

// An id never is null either.
function isNotNull({ type, notNull }: SortKey): boolean {
  return type === 'uuid' || notNull === true
}

// (a, b) > (x, y), spelt out because directions may differ and a null comes last in either direction.
function comesAfter(keys: readonly SortKey[], from: readonly unknown[]): RawBuilder<SqlBool> {
  const cases = keys.map((key, i) => {
    const same = keys.slice(0, i).map((k, j) => sql`${sql.ref(k.ref)} is not distinct from ${value(k, from[j])}`)
    return sql`(${sql.join([...same, beyond(key, from[i])], sql` and `)})`
  })
  return sql`(${sql.join(cases, sql` or `)})`
}

function beyond(key: SortKey, from: unknown): RawBuilder<unknown> {
  if (from === null) return sql`false`
  const operator = sql.raw(key.descending ? '<' : '>')
  if (isNotNull(key)) return sql`${sql.ref(key.ref)} ${operator} ${value(key, from)}`
  return sql`(${sql.ref(key.ref)} ${operator} ${value(key, from)} or ${sql.ref(key.ref)} is null)`
}

function value(key: SortKey, from: unknown): RawBuilder<unknown> {
  return sql`${from}::text::${sql.raw(key.type)}`
}
