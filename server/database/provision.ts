import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { rolePassword } from '#server/crypto/derive.ts'
import { type KeyRing, requireKey } from '#server/crypto/keys.ts'
import { scramVerifier } from '#server/crypto/scram.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { newestWorkspaceVersion, newWorkspaceSql } from '#server/database/migrate.ts'
import { builtinRoles } from '#server/permissions/roles.ts'

/** What a new workspace is made of. Kept (sealed) in the directory until it is made, so that a killed run resumes. */
export type WorkspaceSeed = {
  id: string
  slug: string
  name: string
  plan: string
  schema: string
  loginKey: number
  admin: { memberId: string; accountId: string; email: string; name: string }
}

/** The name that a schema and its login share: random, because every role can read the catalogue's names. */
export function newSchemaName(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  return `w_${Array.from(randomBytes(16), byte => alphabet[byte & 31]).join('')}`
}

/**
 * Makes schema, login, tables, roles and the first admin in one transaction; does nothing when they are there.
 * @param client a connection of `kontor_provisioner`.
 * @param tables what makes the tables, with all that belongs to them.
 */
export async function provision(
  client: pg.Client,
  keys: KeyRing,
  seed: WorkspaceSeed,
  tables = newWorkspaceSql(seed.schema),
): Promise<void> {
  const { schema } = seed
  const { rows } = await client.query('select to_regnamespace($1) is not null as there', [schema])
  if (rows[0].there) return
  await client.query('begin')
  try {
    await client.query(loginSql(schema, scramVerifier(rolePassword(requireKey(keys, seed.loginKey), schema))))
    await client.query(
      `set local role kontor_owner; create schema ${schema}; grant usage on schema ${schema} to ${schema};
       set local search_path = ${schema}`,
    )
    await client.query(tables)
    await seedWorkspace(client, seed)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Removes schema and login. Idempotent. */
export async function unprovision(client: pg.Client, schema: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local role kontor_owner')
    await client.query(`drop schema if exists ${schema} cascade`)
    await client.query('reset role')
    await client.query(`drop role if exists ${schema}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The settings that each connection of a workspace begins with. */
function loginSql(schema: string, verifier: string): string {
  return `create role ${schema} login noinherit connection limit 16 password '${verifier}';
    alter role ${schema} set search_path = ${schema};
    alter role ${schema} set timezone = 'UTC';
    alter role ${schema} set statement_timeout = '15s';
    alter role ${schema} set lock_timeout = '5s';
    alter role ${schema} set idle_in_transaction_session_timeout = '30s'`
}

async function seedWorkspace(client: pg.Client, { id, name, slug, plan, admin }: WorkspaceSeed): Promise<void> {
  await client.query('insert into workspace (id, name, slug, plan, schema_version) values ($1, $2, $3, $4, $5)', [
    id,
    name,
    slug,
    plan,
    newestWorkspaceVersion(),
  ])
  for (const role of builtinRoles) {
    await client.query('insert into role (id, name, builtin, guest, permissions) values ($1, $2, $3, $4, $5)', [
      uuid7(),
      role.name,
      role.builtin,
      role.guest,
      JSON.stringify(role.permissions),
    ])
  }
  await client.query(
    `insert into member (id, account_id, email, name, role_id, confirmed_at)
     select $1, $2, $3, $4, id, now() from role where builtin = 'admin'`,
    [admin.memberId, admin.accountId, admin.email, admin.name],
  )
}
