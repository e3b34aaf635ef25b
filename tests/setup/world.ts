import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import { type Client, createClient } from '#client'
import type { createClock } from '#server/clock.ts'
import { type Config, readConfig } from '#server/config/config.ts'
import { parseKeys } from '#server/crypto/keys.ts'
import { hashPassword } from '#server/crypto/password.ts'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { bootstrap } from '#server/database/bootstrap.ts'
import type { Limits } from '#server/database/connections.ts'
import { migrate } from '#server/database/migrate.ts'
import { type DatabaseServer, loginAs, serverAt } from '#server/database/server.ts'
import { readClusterSql } from '#server/database/sql-files.ts'
import { createWorkspaceFor } from '#server/features/workspaces/create-workspace-for.ts'
import { createApp } from '#server/http/app.ts'
import type { Feature } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'
import { startServices } from '#server/start-services.ts'
import { checkedFetch } from '#tests/setup/checked-fetch.ts'
import { cheapHash, isHashingCheap } from '#tests/setup/hash-cost.ts'

export const keys = parseKeys(`1:${Buffer.alloc(32, 7).toString('base64url')}`)
export const password = 'correct horse battery staple'

type Role = 'admin' | 'manager' | 'member' | 'guest'
/** Who is who. Everybody's password is `password`, and their address is `<name>@<workspace>.example`. */
const people = {
  acme: { ada: 'admin', max: 'manager', mia: 'member', tom: 'member', gus: 'guest' },
  globex: { gina: 'admin', hugo: 'member' },
} as const satisfies Record<string, Record<string, Role>>

export type Person = { email: string; accountId: string; memberId: string; token: string; api: Client }
export type TestWorkspace<N extends string> = { id: string; slug: string; schema: string } & Record<N, Person>
export type World = {
  url: string
  services: Services
  server: DatabaseServer
  acme: TestWorkspace<keyof typeof people.acme>
  globex: TestWorkspace<keyof typeof people.globex>
  /** Stops the application's clock at this instant. */
  setClock(instant: string): void
  /** A client without a token. */
  anyone: Client
  /** Runs SQL as a superuser of this world's database. */
  superuser<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>
  /** Runs SQL on a connection that logs in as a workspace. */
  asWorkspace<T extends pg.QueryResultRow>(schema: string, text: string, values?: unknown[]): Promise<T[]>
  /** Makes the queue's tables, for a test that enqueues or runs jobs. */
  prepareQueue(): Promise<void>
  close(): Promise<void>
}

const template = 'kontor_template'
const templateLock = 77_001

type WorldOptions = {
  env?: Record<string, string>
  limits?: Partial<Limits>
  /** Operations that only this test serves. */
  features?: readonly Feature[]
  /** A superuser's URL of another PostgreSQL than the one of the run. */
  postgres?: string
}

/** A server of its own on a fresh copy of the two workspaces acme and globex. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const adminUrl = options.postgres ?? inject('postgres')
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-world-'))
  const database = `world_${uuid7().replaceAll('-', '')}`
  const cast = await withAdmin(adminUrl, async admin => {
    const found = await ensureTemplate(admin, adminUrl, dataDir)
    // Half the work of copying it through the log of changes.
    await admin.query(`create database ${database} template ${template} strategy file_copy`)
    return found
  })
  await putKeys(cast, dataDir)
  const server = serverAt(at(adminUrl, database))
  await withAdmin(server.admin.connectionString!, async admin => {
    // The privileges on the database itself are not part of a copy.
    await admin.query(readClusterSql('database'))
    // The template's hashes are cheap; a test about their cost has them as in production.
    if (!isHashingCheap())
      await admin.query('update platform.account set password_hash = $1', [await hashPassword(password)])
  })
  const config = testConfig(dataDir, options.env)
  const log = pino({ level: process.env.KONTOR_TEST_LOG ?? 'silent' })
  const { services, prepareQueue, close } = startServices({
    config,
    log,
    keys,
    server,
    limits: { perLogin: 3, ...options.limits },
  })
  const app = await createApp(
    services,
    { hasStarted: () => true, check: async () => ({ ready: true }) },
    options.features,
  )
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const superuser = new pg.Pool({ ...server.admin, max: 20, idleTimeoutMillis: 1_000 })
  superuser.on('error', () => undefined)
  return {
    url,
    services,
    server,
    ...(withClients(cast, url) as Pick<World, 'acme' | 'globex'>),
    prepareQueue,
    setClock: instant => (services.clock as ReturnType<typeof createClock>).set(instant),
    anyone: createClient({ baseUrl: url, fetch: checkedFetch }),
    async superuser(text, values = []) {
      const client = await superuser.connect()
      try {
        return (await client.query(text, values)).rows
      } finally {
        // As a new connection would be, which costs ten times as much.
        await client.query('discard all')
        client.release()
      }
    },
    async asWorkspace(schema, text, values = []) {
      const client = new pg.Client(loginAs(server, keys, schema, 1))
      await client.connect()
      try {
        return (await client.query(text, values)).rows
      } finally {
        await client.end()
      }
    },
    async close() {
      await app.close()
      await close()
      await superuser.end()
      await rm(dataDir, { recursive: true, force: true })
      await withAdmin(adminUrl, admin => admin.query(`drop database ${database} with (force)`))
    },
  }
}

export function testConfig(dataDir: string, env: Record<string, string> = {}): Config {
  return readConfig({
    KONTOR_DATA_DIR: dataDir,
    KONTOR_LOG_LEVEL: 'silent',
    KONTOR_PORT: '0',
    // All of a test comes from one address.
    KONTOR_SIGNUPS_PER_HOUR_PER_IP: '100000',
    KONTOR_SIGNUPS_PER_HOUR_PER_DOMAIN: '100000',
    ...env,
  })
}

type Cast = Record<
  string,
  { id: string; slug: string; schema: string; key: string; people: Record<string, Omit<Person, 'api'>> }
>

const keyFile = (dataDir: string, workspaceId: string) => join(dataDir, 'workspace-keys', workspaceId)

// A copy of the database is worth nothing without the workspaces' keys, which are files.
async function putKeys(cast: Cast, dataDir: string): Promise<void> {
  await mkdir(join(dataDir, 'workspace-keys'), { recursive: true })
  for (const { id, key } of Object.values(cast)) await writeFile(keyFile(dataDir, id), key, { mode: 0o600 })
}

function withClients(cast: Cast, url: string): Record<string, object> {
  return Object.fromEntries(
    Object.entries(cast).map(([name, { people: members, key: _, ...workspace }]) => [
      name,
      {
        ...workspace,
        ...Object.fromEntries(
          Object.entries(members).map(([who, person]) => [
            who,
            { ...person, api: createClient({ baseUrl: url, token: person.token, fetch: checkedFetch }) },
          ]),
        ),
      },
    ]),
  )
}

// Built once a run, by whichever file comes first; the others wait for it at the lock.
async function ensureTemplate(admin: pg.Client, adminUrl: string, dataDir: string): Promise<Cast> {
  await admin.query('select pg_advisory_lock($1)', [templateLock])
  const { rows } = await admin.query(
    'select shobj_description(oid, $2) as casting from pg_database where datname = $1',
    [template, 'pg_database'],
  )
  if (rows[0]?.casting) return JSON.parse(rows[0].casting)
  await admin.query(`drop database if exists ${template} with (force)`)
  await admin.query(`create database ${template} encoding 'UTF8' template template0`)
  const cast = await buildTemplate(serverAt(at(adminUrl, template)), testConfig(dataDir))
  await admin.query(`comment on database ${template} is '${JSON.stringify(cast)}'`)
  return cast
}

async function buildTemplate(server: DatabaseServer, config: Config): Promise<Cast> {
  await bootstrap(server, keys)
  await migrate(server, keys)
  const { services, close } = startServices({ config, log: pino({ level: 'silent' }), keys, server })
  const passwordHash = await cheapHash(password)
  const cast: Cast = {}
  for (const [slug, members] of Object.entries(people)) {
    const accounts = Object.fromEntries(
      Object.keys(members).map(name => [
        name,
        { accountId: uuid7(), email: `${name}@${slug}.example`, name: capital(name) },
      ]),
    )
    for (const { accountId, email, name } of Object.values(accounts)) {
      await services.platform.db
        .insertInto('account')
        .values({ id: accountId, email, name, password_hash: passwordHash })
        .execute()
    }
    const [founder] = Object.keys(members)
    const owner = accounts[founder!]!
    const { id, schema, admin } = await createWorkspaceFor(services, {
      name: capital(slug),
      slug,
      plan: 'business',
      owner,
    })
    cast[slug] = { id, slug, schema, key: await readFile(keyFile(config.dataDir, id), 'utf8'), people: {} }
    for (const [name, role] of Object.entries(members)) {
      const account = accounts[name]!
      const memberId = name === founder ? admin.memberId : uuid7()
      const token = apiToken()
      await services.workspaces.system({ id, slug, schema, loginKey: keys.newest }, async db => {
        if (name !== founder) {
          const { id: roleId } = await db
            .selectFrom('role')
            .select('id')
            .where('builtin', '=', role)
            .executeTakeFirstOrThrow()
          await db
            .insertInto('member')
            .values({
              id: memberId,
              account_id: account.accountId,
              email: account.email,
              name: account.name,
              role_id: roleId,
              confirmed_at: new Date().toISOString(),
            })
            .execute()
        }
        // Used from here before, and not for the first time on any day: the histories of the tests hold what they do.
        await sql`insert into api_token (id, member_id, name, token_hash, last_used_at, networks)
          values (${uuid7()}, ${memberId}, 'tests', ${hashToken(token)}, now() + interval '1 day', '{127.0.0.0/24}')`.execute(
          db,
        )
      })
      await services.platform.db
        .insertInto('membership')
        .values({ account_id: account.accountId, workspace_id: id, member_id: memberId })
        .onConflict(conflict => conflict.doNothing())
        .execute()
      cast[slug].people[name] = { email: account.email, accountId: account.accountId, memberId, token }
    }
  }
  await close()
  return cast
}

async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client(url)
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function at(url: string, database: string): string {
  const copy = new URL(url)
  copy.pathname = `/${database}`
  return copy.href
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
