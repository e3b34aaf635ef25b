import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'

/** What a downgrade does to the history: to how many days it shortens it, when, and how many events go then. */
export type Shrinking = { days: number; at: string; events: number }

/** @param db as the owner of the workspace's tables. */
export async function findShrinking(db: Kysely<WorkspaceTables>): Promise<Shrinking | undefined> {
  const row = await db
    .selectFrom('workspace')
    .select(['audit_shrinks_to as days', 'audit_shrinks_at as at', sql<number>`count_shrinking_:schema()`.as('events')])
    .executeTakeFirstOrThrow()
  return row.days === null || row.at === null ? undefined : { days: row.days, at: row.at, events: row.events }
}
