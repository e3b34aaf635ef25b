import { type Kysely, sql } from 'kysely'
import { MissingKeyError, SealBrokenError, type Sealer } from '#server/crypto/seal.ts'
import type { SealedColumnDeclaration, SealedField } from '#server/crypto/sealed-columns.ts'
import { MissingWorkspaceKeyError } from '#server/keys/workspace-keys.ts'

const blocksAtOnce = 16
const blockBytes = 8_192

type Row = { place: string; row: string; sealed: string }
/** Runs a piece of work in a transaction of the login that owns the column's rows. */
export type InTransaction = <T>(work: (db: Kysely<unknown>) => Promise<T>) => Promise<T>

/**
 * Seals anew what is not under the newest key, part by part of the table. A row that somebody writes to is left alone, to
 * be met the next time: nobody waits for anybody, and no write is lost.
 * @returns how many values do not open.
 */
export async function resealColumn(
  sealer: Sealer,
  workspace: string,
  declared: SealedColumnDeclaration,
  transact: InTransaction,
  signal: AbortSignal,
): Promise<{ broken: number }> {
  let broken = 0
  const blocks = await transact(async db => {
    const { rows } = await sql<{ bytes: number }>`
      select pg_relation_size(to_regclass(${declared.table}))::float8 as bytes`.execute(db)
    return Math.ceil((rows[0]?.bytes ?? 0) / blockBytes)
  })
  for (let from = 0; from < blocks && !signal.aborted; from += blocksAtOnce) {
    broken += await transact(db => resealBlocks(db, from))
  }
  return { broken }

  async function resealBlocks(db: Kysely<unknown>, from: number): Promise<number> {
    const { table, column, row = 'id::text', scope } = declared
    const [target, sealed] = [sql.table(table), sql.ref(column)]
    const { rows } = await sql<Row>`
      select ctid::text as place, ${sql.raw(row)} as row, ${sealed} as sealed from ${target}
      where ctid >= ${`(${from},0)`}::tid and ctid < ${`(${from + blocksAtOnce},0)`}::tid
        and ${sealed} not like ${`${sealer.prefix(scope)}%`}
      for no key update skip locked`.execute(db)
    const fresh = rows.flatMap(each => {
      const value = reseal(each)
      return value === undefined ? [] : [{ ...each, value }]
    })
    if (fresh.length > 0) {
      // Tells the triggers to see whether a change is one of keys only (sql/platform/0003-keys.sql).
      await sql`set local kontor.resealing = 'on'`.execute(db)
      await sql`
        update ${target} as t set ${sealed} = fresh.value
        from unnest(${fresh.map(each => each.place)}::text[]::tid[], ${fresh.map(each => each.sealed)}::text[],
          ${fresh.map(each => each.value)}::text[]) as fresh (place, old, value)
        where t.ctid = fresh.place and t.${sealed} = fresh.old`.execute(db)
    }
    return rows.length - fresh.length
  }

  function reseal({ row, sealed }: Row): string | undefined {
    const field = { workspace, column: `${declared.table}.${declared.column}`, row } as SealedField
    try {
      return sealer.reseal(field, sealed)
    } catch (error) {
      const isUnopenable =
        error instanceof SealBrokenError ||
        error instanceof MissingKeyError ||
        error instanceof MissingWorkspaceKeyError
      if (!isUnopenable) throw error
      return undefined
    }
  }
}
