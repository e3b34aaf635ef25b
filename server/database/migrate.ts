import pg from 'pg'
import { ConfigError } from '#server/config/env.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import { connectAs } from '#server/database/connect-as.ts'
import { type DatabaseServer, loginAs } from '#server/database/server.ts'
import { type Migration, readMigrations } from '#server/database/sql-files.ts'

const migrationLock = 4_266_838
const parallel = 4

export type MigrationProgress = (done: number, total: number, failed: readonly string[]) => void

/**
 * Brings the platform's schema and every workspace's to the newest version. Each step is one transaction, so it
 * may be killed and run again. A workspace that fails is set aside as "broken" while the others go on.
 * @returns the slugs that failed.
 */
export async function migrate(server: DatabaseServer, keys: KeyRing, progress?: MigrationProgress): Promise<string[]> {
  const client = await connectAs(loginAs(server, keys, 'kontor_provisioner'))
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await migratePlatform(client)
    return await migrateWorkspaces(server, keys, client, progress)
  } finally {
    await client.end()
  }
}

/** The version that a fully migrated workspace has. */
export function newestWorkspaceVersion(): string {
  return readMigrations('workspace').at(-1)?.name ?? ''
}

/** The statements of a workspace migration, with the schema's own name filled in. */
export function workspaceSql(migration: Migration, schema: string): string {
  return migration.sql.replace(/(?<!:):schema\b/g, schema)
}

/**
 * What all workspace migrations add up to in a new schema. Functions get the names there at once that 0016 would give
 * them one by one, which takes a sixth of the time of a workspace, and a third where there are thousands.
 */
export function newWorkspaceSql(schema: string): string {
  const all = readMigrations('workspace')
  const renaming = all.findIndex(({ name }) => name === '0016-own-names')
  const text = (migrations: readonly Migration[]) =>
    migrations.map(migration => workspaceSql(migration, schema)).join('\n')
  const earlier = text(all.slice(0, renaming))
  const names = new Set(Array.from(earlier.matchAll(/^create (?:or replace )?function (\w+)/gm), match => match[1]))
  const named = [...names].join('|')
  // Where it is called, where its parameters are told from columns, and where its rights are given.
  const uses = new RegExp(`\\b(?:${named})(?=[(.])|(?<=\\bfunction (?:\\w+, )*)(?:${named})\\b`, 'g')
  return `${earlier.replace(uses, `$&_${schema}`)}\n${text(all.slice(renaming + 1))}`
}

async function migratePlatform(client: pg.Client): Promise<void> {
  const applied = await asOwner(client, async () => {
    const { rows: found } = await client.query(`select to_regclass('platform.migration') is not null as there`)
    if (!found[0].there) return []
    const { rows } = await client.query<{ name: string }>('select name from platform.migration')
    return rows.map(row => row.name)
  })
  const known = readMigrations('platform')
  refuseNewer(applied, known)
  for (const migration of known) {
    if (applied.includes(migration.name)) continue
    await inTransaction(client, 'platform', async () => {
      await client.query(migration.sql)
      await client.query('insert into platform.migration (name, sha256) values ($1, $2)', [
        migration.name,
        migration.sha256,
      ])
    })
  }
}

async function migrateWorkspaces(
  server: DatabaseServer,
  keys: KeyRing,
  client: pg.Client,
  progress?: MigrationProgress,
) {
  const known = readMigrations('workspace')
  const newest = known.at(-1)?.name ?? ''
  const rows = await asOwner(client, async () => {
    const found = await client.query<{ slug: string; schema: string; schema_version: string }>(
      `select slug, schema, schema_version from platform.workspace
       where status in ('active', 'broken') and schema_version <> $1 order by id`,
      [newest],
    )
    return found.rows
  })
  refuseNewer(rows.map(row => row.schema_version).filter(Boolean), known)
  const failed: string[] = []
  let done = 0
  const queue = [...rows]
  await Promise.all(
    Array.from({ length: Math.min(parallel, rows.length) }, async () => {
      for (let workspace = queue.shift(); workspace; workspace = queue.shift()) {
        const ok = await migrateWorkspace(server, keys, workspace, known)
        if (!ok) failed.push(workspace.slug)
        progress?.(++done, rows.length, failed)
      }
    }),
  )
  return failed
}

// A connection for each workspace: a backend that has seen many schemas keeps all their catalogue rows in memory.
async function migrateWorkspace(
  server: DatabaseServer,
  keys: KeyRing,
  workspace: { schema: string; schema_version: string },
  known: readonly Migration[],
): Promise<boolean> {
  const client = await connectAs(loginAs(server, keys, 'kontor_provisioner'))
  try {
    for (const migration of known.filter(m => m.name > workspace.schema_version)) {
      await retryLocks(() =>
        inTransaction(client, workspace.schema, async () => {
          await client.query(`set local lock_timeout = '200ms'`)
          await client.query('update workspace set schema_version = $1', [migration.name])
          await client.query(workspaceSql(migration, workspace.schema))
          await client.query(`update platform.workspace set schema_version = $1, status = 'active' where schema = $2`, [
            migration.name,
            workspace.schema,
          ])
        }),
      )
    }
    return true
  } catch {
    await asOwner(client, () =>
      client.query(`update platform.workspace set status = 'broken' where schema = $1`, [workspace.schema]),
    )
    return false
  } finally {
    await client.end()
  }
}

async function asOwner<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('set role kontor_owner')
  try {
    return await work()
  } finally {
    await client.query('reset role')
  }
}

async function inTransaction(client: pg.Client, schema: string, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local role kontor_owner')
    await client.query(`set local search_path = ${schema}`)
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function retryLocks(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const waited = error instanceof pg.DatabaseError && error.code === '55P03'
      if (!waited || attempt === 50) throw error
      await new Promise(resolve => setTimeout(resolve, 50 * Math.random() * attempt))
    }
  }
}

function refuseNewer(applied: readonly string[], known: readonly Migration[]): void {
  const stranger = applied.find(name => !known.some(migration => migration.name === name))
  if (stranger) {
    throw new ConfigError(
      `The database was migrated by a newer Kontor (${stranger}): start that version, or a newer one.`,
    )
  }
}
