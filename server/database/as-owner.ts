import { Kysely } from 'kysely'
import type pg from 'pg'
import { createDialect } from '#server/database/dialect.ts'
import { loginAs } from '#server/database/server.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { Services } from '#server/services.ts'

type InSchema<T> = (database: Kysely<WorkspaceTables>) => Promise<T>

/**
 * For what no login of a workspace may do itself: one transaction of the login that builds workspaces, in the schema of
 * this one and as the owner of its tables.
 */
export function asOwner<T>({ database, keys }: Services, schema: string, work: InSchema<T>): Promise<T> {
  const login = loginAs(database.server, keys, 'kontor_provisioner')
  return database.connections.lendOnce('kontor_provisioner', login, client => asOwnerOn(client, schema, work))
}

/** The same on a connection of the caller's own. */
export async function asOwnerOn<T>(client: pg.Client, schema: string, work: InSchema<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query('set local role kontor_owner')
    await client.query(`set local search_path = ${schema}`)
    await client.query("set local lock_timeout = '5s'")
    await client.query("set local statement_timeout = '60s'")
    const result = await work(new Kysely<WorkspaceTables>({ dialect: createDialect(run => run(client), schema) }))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
