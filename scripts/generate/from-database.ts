import pg from 'pg'
import { parseKeys } from '#server/crypto/keys.ts'
import { bootstrap } from '#server/database/bootstrap.ts'
import { migrate, workspaceSql } from '#server/database/migrate.ts'
import { provision } from '#server/database/provision.ts'
import { loginAs, serverAt } from '#server/database/server.ts'
import { readMigrations } from '#server/database/sql-files.ts'
import { dumpPrivileges, dumpSchema } from './schema.ts'
import { generateTables } from './tables.ts'

const schema = 'w_aaaaaaaaaaaaaaaa'
const nobody = '01990000-0000-7000-8000-000000000000'

/**
 * The files that derive from the migrations: path → content. Replays them into a database of its own, on the newest
 * PostgreSQL (18), because its words for the same thing differ between versions.
 */
export async function filesFromDatabase(superuserUrl: string): Promise<Record<string, string>> {
  const name = `generate_${process.pid}`
  await run(superuserUrl, client => client.query(`create database ${name} template template0 encoding 'UTF8'`))
  const url = Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href
  try {
    const keys = parseKeys(`1:${Buffer.alloc(32, 7).toString('base64url')}`)
    const server = serverAt(url)
    await bootstrap(server, keys)
    await migrate(server, keys)
    const admin = { memberId: nobody, accountId: nobody, email: 'a@b.c', name: 'A' }
    const workspace = { id: nobody, slug: 'a', name: 'A', plan: 'starter', schema, loginKey: 1, admin }
    // One migration after the other, as for a workspace that has been there from the first.
    const steps = readMigrations('workspace').map(migration => workspaceSql(migration, schema))
    await run(loginAs(server, keys, 'kontor_provisioner'), client =>
      provision(client, keys, workspace, steps.join('\n')),
    )
    return await run(url, async client => ({
      'sql/schema/platform.sql': await dumpSchema(client, 'platform', 'platform'),
      'sql/schema/workspace.sql': await dumpSchema(client, schema, 'workspace'),
      'sql/schema/privileges.txt': await dumpPrivileges(client, schema),
      'server/database/tables.gen.ts': await generateTables(client, {
        platform: 'PlatformTables',
        [schema]: 'WorkspaceTables',
      }),
    }))
  } finally {
    await run(superuserUrl, async client => {
      await client.query(`drop database ${name} with (force)`)
      await client.query(`drop role if exists ${schema}`)
    })
  }
}

async function run<T>(login: string | pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(login as string)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
