import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { ReadTile } from '#server/audit-log/tiles.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'

/** Runs statements of the server's own on a workspace, a transaction each time. */
export type ReadWorkspace = <T>(work: (db: Kysely<WorkspaceTables>) => Promise<T>) => Promise<T>

type Rows<T extends 'audit_tile' | 'audit_checkpoint'> = () => SelectQueryBuilder<WorkspaceTables, T, object>

/** Reads the tree's tiles. @param rows the table, or what the caller may read of it. */
export function tileReader(rows: Rows<'audit_tile'>): ReadTile {
  return async (level, n) => {
    const tile = await rows()
      .where('audit_tile.level', '=', level)
      .where('audit_tile.n', '=', n)
      .select('audit_tile.hashes')
      .executeTakeFirst()
    return tile?.hashes
  }
}

export type StoredCheckpoint = { size: number; note: string; createdAt: string }

export const checkpointColumns = [
  'audit_checkpoint.size',
  'audit_checkpoint.note',
  'audit_checkpoint.created_at as createdAt',
] as const

/** The newest of those that were signed. The index is the primary key. */
export function findNewestCheckpoint(rows: Rows<'audit_checkpoint'>): Promise<StoredCheckpoint | undefined> {
  return rows().select(checkpointColumns).orderBy('audit_checkpoint.size', 'desc').limit(1).executeTakeFirst()
}

/** How many leaves the tree has, and after which event in commit order the next one comes. */
export type Sealed = { size: number; xid: string; seq: number }

export function findSealed(db: Kysely<WorkspaceTables>): Promise<Sealed> {
  return db
    .selectFrom('workspace')
    .select([sql<string>`sealed_xid::text`.as('xid'), 'sealed_seq as seq', 'sealed_size as size'])
    .executeTakeFirstOrThrow()
}
