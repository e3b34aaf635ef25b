import { rolePassword } from '#server/crypto/derive.ts'
import { newestKey } from '#server/crypto/keys.ts'
import { scramVerifier } from '#server/crypto/scram.ts'
import { fixedRoles, moveFixedLogins } from '#server/database/bootstrap.ts'
import { versionOfLogin } from '#server/database/sealing-version.ts'
import { loginAs } from '#server/database/server.ts'
import type { Services } from '#server/services.ts'

/**
 * Gives a workspace's login the password of the newest key, and says so in the directory, in one step. Whoever read the
 * directory just before is refused once and then tries the other keys (`connectAs`).
 */
export async function moveWorkspaceLogin(
  { database, keys }: Services,
  { id, schema }: { id: string; schema: string },
): Promise<void> {
  const version = keys.newest
  const provisioner = loginAs(database.server, keys, 'kontor_provisioner')
  await database.connections.lendOnce('kontor_provisioner', provisioner, async client => {
    await client.query('begin')
    try {
      await client.query('set local role kontor_owner')
      const { rowCount } = await client.query(
        `update platform.workspace set login_key = $1
         where id = $2 and login_key <> $1 and status in ('active', 'broken')`,
        [version, id],
      )
      await client.query('reset role')
      if (rowCount === 1)
        await client.query(`alter role ${schema} password '${scramVerifier(rolePassword(newestKey(keys), schema))}'`)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  })
}

/** The same for the logins that every installation has. */
export async function moveInstallationLogins(services: Services): Promise<void> {
  const versions = await versionsOfFixedLogins(services)
  const { database, keys } = services
  if (versions.some(version => version !== keys.newest)) await moveFixedLogins(database.server, keys)
}

export function versionsOfFixedLogins({ database, keys }: Services): Promise<(number | undefined)[]> {
  return Promise.all(fixedRoles.map(role => versionOfLogin(database.server, keys, role)))
}
