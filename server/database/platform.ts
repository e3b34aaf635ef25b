import { Kysely } from 'kysely'
import type { Connections } from '#server/database/connections.ts'
import { createDialect } from '#server/database/dialect.ts'
import type { Login } from '#server/database/server.ts'
import type { PlatformTables } from '#server/database/tables.gen.ts'

export type PlatformDatabase = Kysely<PlatformTables>

/** Accounts, sessions and the directory of workspaces. This login reaches no workspace's data. */
export type Platform = {
  db: PlatformDatabase
  transact<T>(work: (db: PlatformDatabase) => Promise<T>): Promise<T>
}

export function openPlatform(connections: Connections, login: Login): Platform {
  const role = 'kontor_platform'
  return {
    db: new Kysely<PlatformTables>({ dialect: createDialect(work => connections.use(role, login, work)) }),
    transact: work =>
      connections.use(role, login, async client => {
        await client.query('begin')
        try {
          const result = await work(new Kysely<PlatformTables>({ dialect: createDialect(run => run(client)) }))
          await client.query('commit')
          return result
        } catch (error) {
          await client.query('rollback')
          throw error
        }
      }),
  }
}
