import type { ClientConfig } from 'pg'
import { rolePassword } from '#server/crypto/derive.ts'
import { type KeyRing, requireKey } from '#server/crypto/keys.ts'

/**
 * How a role logs in. Its password moves when keys are rotated: `passwords` has the likely one first, then those that
 * the other keys give (`connectAs` tries them).
 */
export type Login = ClientConfig & { password: () => string; passwords: () => string[] }

/** A PostgreSQL server that holds the platform, workspaces, or both. `admin` is the login that sets roles up. */
export type DatabaseServer = {
  host: string
  port: number
  database: string
  /** Where the socket of a server on this machine is, if it has one: roles log in there. */
  socketFolder?: string | undefined
  admin: ClientConfig
  ssl?: ClientConfig['ssl']
}

/** The fixed logins; each workspace adds one of its own. */
export type FixedRole = 'kontor_platform' | 'kontor_provisioner' | 'kontor_jobs'

/** The server that an administrative URL names. */
export function serverAt(url: string): DatabaseServer {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const database = decodeURIComponent(pathname.slice(1)) || 'postgres'
  const mode = searchParams.get('sslmode')
  const ssl =
    mode && mode !== 'disable' ? { rejectUnauthorized: mode === 'verify-full' || mode === 'verify-ca' } : undefined
  const address = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : 5432,
    database,
    ...(ssl ? { ssl } : {}),
  }
  return { ...address, admin: { connectionString: url, application_name: 'kontor-admin' } }
}

/** How a role logs in: its password is derived from the key of that version, or the newest, and stored nowhere. */
export function loginAs(server: DatabaseServer, keys: KeyRing, role: string, keyVersion?: number): Login {
  // Looked up at each connection, because keys come and go while the server runs.
  const passwords = () => {
    const likely = keyVersion ?? keys.newest
    const known = [likely, ...keys.versions.filter(version => version !== likely)].filter(version => keys.get(version))
    return (known.length > 0 ? known : [likely]).map(version => rolePassword(requireKey(keys, version), role))
  }
  return {
    host: server.socketFolder ?? server.host,
    port: server.port,
    database: server.database,
    user: role,
    password: () => passwords()[0]!,
    passwords,
    application_name: 'kontor',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(server.ssl ? { ssl: server.ssl } : {}),
  }
}

/** The same login as a URL, for `kontor database url`. */
export function urlOf(config: Login): string {
  const url = new URL('postgres://localhost')
  url.hostname = config.host ?? 'localhost'
  url.port = String(config.port ?? 5432)
  url.username = encodeURIComponent(config.user ?? '')
  url.password = encodeURIComponent(config.passwords()[0]!)
  url.pathname = `/${encodeURIComponent(config.database ?? '')}`
  return url.href
}
