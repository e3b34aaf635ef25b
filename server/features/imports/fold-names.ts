import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'

export type Fold = (name: string) => string

/** Names without their case, as the database's own index sees them: its `lower` and JavaScript's differ in places. */
export async function foldNames(database: Kysely<WorkspaceTables>, names: readonly string[]): Promise<Fold> {
  const { rows } = await sql<{ name: string; folded: string }>`
    select given.name, lower(given.name) as folded from unnest(${[...new Set(names)]}::text[]) as given (name)`.execute(
    database,
  )
  const folded = new Map(rows.map(row => [row.name, row.folded]))
  return name => folded.get(name) ?? name
}
