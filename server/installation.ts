import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { Config } from '#server/config/config.ts'
import { ConfigError } from '#server/config/env.ts'
import { type KeyRing, parseKeys } from '#server/crypto/keys.ts'
import { loadKeysFromCommand } from '#server/crypto/keys-command.ts'
import { createKeysFile, loadKeysFile } from '#server/crypto/keys-file.ts'
import { type DatabaseServer, serverAt } from '#server/database/server.ts'
import { type EmbeddedPostgres, startEmbedded } from '#server/postgres/embedded.ts'
import { findRunning as findPostmaster } from '#server/postgres/postmaster.ts'

const databaseName = 'kontor'

export type Installation = { keys: KeyRing; server: DatabaseServer; stop(): Promise<void> }
type Options = { onLog?: (line: string) => void; onExit?: (reason: string) => void }

/** The keys and the database of this installation; starts the embedded PostgreSQL where that is the one. */
export async function openInstallation(config: Config, options: Options = {}): Promise<Installation> {
  if (config.databaseUrl && (await isNew(config, config.databaseUrl.href))) createKeys(config)
  const keys = await loadKeys(config)
  if (config.databaseUrl) return { keys, server: serverAt(config.databaseUrl.href), stop: async () => undefined }
  const embedded = await startEmbedded({
    dataDir: config.dataDir,
    superuserPassword: superuserPassword(config),
    ...options,
  })
  try {
    const server = await ensureDatabase(embedded.superuserUrl)
    return { keys, server: { ...server, socketFolder: embedded.socketFolder }, stop: () => embedded.stop() }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

/** The same for a command that runs beside a server: uses its PostgreSQL when it runs, else starts it meanwhile. */
export async function joinInstallation(config: Config): Promise<Installation> {
  const running = config.databaseUrl ? undefined : findRunning(config)
  return running
    ? { keys: await loadKeys(config), server: running, stop: async () => undefined }
    : openInstallation(config)
}

/** The embedded PostgreSQL that a server on this data folder has started, if one has. */
export function findRunning(config: Config): DatabaseServer | undefined {
  const password = readOptional(passwordFile(config))
  const found = password && findPostmaster(config.dataDir)
  if (!found) return undefined
  const address = `${found.host}:${found.port}`
  return serverAt(`postgres://postgres:${encodeURIComponent(password)}@${address}/${databaseName}`)
}

/** The keys of the installation; a new installation gets its first one. */
export async function loadKeys(config: Config): Promise<KeyRing> {
  if (config.keys) return parseKeys(config.keys)
  if (config.keysCommand) return loadKeysFromCommand(config.keysCommand)
  if (existsSync(config.keysFile)) return loadKeysFile(config.keysFile)
  // New keys for an existing database would lock everybody out of it and could never open what is sealed there.
  if (config.databaseUrl || existsSync(join(config.dataDir, 'postgres'))) {
    throw new ConfigError(
      `There is a database of Kontor but no key file at ${config.keysFile}: put the file back. Without it, nobody can sign in and what is sealed stays sealed.`,
    )
  }
  return createKeys(config)
}

function createKeys({ keysFile }: Config): KeyRing {
  mkdirSync(dirname(keysFile), { recursive: true, mode: 0o700 })
  return createKeysFile(keysFile)
}

/** Whether there are neither keys nor anything on that server that was made with some: it is to be begun. */
async function isNew(config: Config, url: string): Promise<boolean> {
  if (config.keys || config.keysCommand || existsSync(config.keysFile)) return false
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rowCount } = await client.query(`select from pg_roles where rolname = 'kontor_platform'`)
    return rowCount === 0
  } catch (error) {
    throw new ConfigError(
      `KONTOR_DATABASE_URL cannot be reached (${(error as Error).message}): check address, user and password.`,
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

function passwordFile({ dataDir }: Config): string {
  return join(dataDir, 'postgres.password')
}

function superuserPassword(config: Config): string {
  const known = readOptional(passwordFile(config))
  if (known) return known
  const password = randomBytes(32).toString('base64url')
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile(config), `${password}\n`, { mode: 0o600, flag: 'wx' })
  return password
}

async function ensureDatabase(urlOf: EmbeddedPostgres['superuserUrl']): Promise<DatabaseServer> {
  const client = new pg.Client(urlOf('postgres'))
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName} template template0 encoding 'UTF8'`)
    // Nobody but us has business in the others.
    await client.query('revoke connect on database postgres from public')
    await client.query('revoke connect on database template1 from public')
  } finally {
    await client.end()
  }
  return serverAt(urlOf(databaseName))
}

function readOptional(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}
