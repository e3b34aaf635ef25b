import pg from 'pg'
import type { KeyRing } from '#server/crypto/keys.ts'
import { connectAs, isRefused } from '#server/database/connect-as.ts'
import { type DatabaseServer, type FixedRole, loginAs } from '#server/database/server.ts'

/** The key that seals in this installation, or undefined when nothing was sealed yet. */
export async function findSealingVersion(server: DatabaseServer, keys: KeyRing): Promise<number | undefined> {
  let client: pg.Client
  try {
    client = await connectAs(loginAs(server, keys, 'kontor_platform'))
  } catch (error) {
    // It is made, or gets its password, in a moment.
    if (isRefused(error) || (error instanceof pg.DatabaseError && error.code === '28000')) return undefined
    throw error
  }
  try {
    const { rows: found } = await client.query(`select to_regclass('platform.key_rotation') is not null as there`)
    if (!found[0].there) return undefined
    const { rows } = await client.query(
      'select max(version) as version from platform.key_rotation where activated_at is not null',
    )
    return rows[0].version ?? undefined
  } finally {
    await client.end()
  }
}

/** The key from which a fixed login's password comes, found out by trying. Undefined: from none of these. */
export async function versionOfLogin(
  server: DatabaseServer,
  keys: KeyRing,
  role: FixedRole,
): Promise<number | undefined> {
  for (const version of keys.versions) {
    const login = loginAs(server, keys, role, version)
    try {
      await (await connectAs({ ...login, passwords: () => login.passwords().slice(0, 1) })).end()
      return version
    } catch (error) {
      if (!isRefused(error)) throw error
    }
  }
  return undefined
}
