import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { ConfigError } from '#server/config/env.ts'
import { rolePassword } from '#server/crypto/derive.ts'
import { type KeyRing, newestKey } from '#server/crypto/keys.ts'
import { scramVerifier } from '#server/crypto/scram.ts'
import { findSealingVersion } from '#server/database/sealing-version.ts'
import type { DatabaseServer, FixedRole } from '#server/database/server.ts'
import { readClusterSql } from '#server/database/sql-files.ts'

export const fixedRoles: readonly FixedRole[] = ['kontor_platform', 'kontor_provisioner', 'kontor_jobs']

const bootstrapLock = 4_266_837

/**
 * Makes the roles, the database's privileges and, where the administrative login is a superuser, takes dangerous
 * functions from PUBLIC. Idempotent, and safe when two servers do it at once. From then on the ring seals with the key
 * that this installation seals with, be there a newer one or not.
 */
export async function bootstrap(server: DatabaseServer, keys: KeyRing): Promise<void> {
  const sealing = await findSealingVersion(server, keys)
  if (sealing !== undefined) keys.sealWith(sealing)
  await inTurn(async () => {
    const client = new pg.Client(server.admin)
    await client.connect()
    try {
      const superuser = await checkServer(client)
      await client.query('begin')
      // Two servers of one installation would both make the same roles; the lock makes the second one wait.
      await client.query('select pg_advisory_xact_lock($1)', [bootstrapLock])
      await client.query(readClusterSql('roles'))
      await setPasswords(client, keys)
      await client.query(readClusterSql('database'))
      if (superuser) await client.query(readClusterSql('functions'))
      await client.query('commit')
    } finally {
      await client.end()
    }
  })
}

// Roles are the cluster's and advisory locks a database's: an installation beside ours may change them at that moment.
async function inTurn(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isOvertaken = error instanceof pg.DatabaseError && overtaken.test(`${error.code} ${error.message}`)
      if (!isOvertaken || attempt === attempts) throw error
      await pause(Math.random() * 100)
    }
  }
}

const attempts = 20
const overtaken = /^XX000 tuple concurrently |^23505 .*"pg_(authid|auth_members|database)_/

/** Moves the fixed logins to the key that seals. */
export async function moveFixedLogins(server: DatabaseServer, keys: KeyRing): Promise<void> {
  await inTurn(async () => {
    const client = new pg.Client(server.admin)
    await client.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock($1)', [bootstrapLock])
      await setPasswords(client, keys)
      await client.query('commit')
    } finally {
      await client.end()
    }
  })
}

async function setPasswords(client: pg.Client, keys: KeyRing): Promise<void> {
  for (const role of fixedRoles) {
    const verifier = scramVerifier(rolePassword(newestKey(keys), role))
    await client.query(`alter role ${role} password '${verifier}'`)
  }
}

async function checkServer(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, rolsuper, rolcreaterole,
       pg_encoding_to_char(encoding) as encoding, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit
     from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
  )
  const row = rows[0]
  if (row.version < 150_000) throw new ConfigError('KONTOR_DATABASE_URL: PostgreSQL 15 or newer is needed.')
  if (row.encoding !== 'UTF8') throw new ConfigError('KONTOR_DATABASE_URL: the database must have the encoding UTF8.')
  if (!row.rolsuper && !row.rolcreaterole) {
    throw new ConfigError(
      'KONTOR_DATABASE_URL: the login must be a superuser or have CREATEROLE, to set up the other logins.',
    )
  }
  return row.rolsuper
}
