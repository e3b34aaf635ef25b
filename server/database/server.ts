import type { ClientConfig } from 'pg'
import { rolePassword } from '#server/crypto/derive.ts'
import { type KeyRing, requireKey } from '#server/crypto/keys.ts'

/** A PostgreSQL server that holds the platform, workspaces, or both. `admin` is the login that sets roles up. */
export type DatabaseServer = {
  host: string
  port: number
  database: string
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

/** How a role logs in: its password is derived from the key of that version and stored nowhere. */
export function loginAs(server: DatabaseServer, keys: KeyRing, role: string, keyVersion = keys.newest): ClientConfig {
  return {
    host: server.host,
    port: server.port,
    database: server.database,
    user: role,
    password: rolePassword(requireKey(keys, keyVersion), role),
    application_name: 'kontor',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(server.ssl ? { ssl: server.ssl } : {}),
  }
}

/** The same login as a URL, for `kontor database url`. */
export function urlOf(config: ClientConfig): string {
  const url = new URL('postgres://localhost')
  url.hostname = config.host ?? 'localhost'
  url.port = String(config.port ?? 5432)
  url.username = encodeURIComponent(config.user ?? '')
  url.password = encodeURIComponent(String(config.password ?? ''))
  url.pathname = `/${encodeURIComponent(config.database ?? '')}`
  return url.href
}
