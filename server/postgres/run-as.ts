import { readFileSync, statSync } from 'node:fs'
import { EmbeddedError } from './embedded-error.ts'

export type SystemUser = { uid: number; gid: number }

/**
 * Whom PostgreSQL runs as: ourselves (undefined), or, because it refuses to run as root, somebody else when we are root.
 * The owner of the existing folder comes first, so that a later start without root still works.
 * @throws EmbeddedError when the cluster is somebody else's and we may not become them.
 */
export function chooseUser(dataDir: string, cluster: string): SystemUser | undefined {
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (process.geteuid?.() !== 0) {
    if (owner && owner.uid !== process.geteuid?.()) {
      throw new EmbeddedError(
        `${cluster} belongs to another user (id ${owner.uid}): start Kontor as that user or as root, or give the folder to this user with chown -R.`,
      )
    }
    return undefined
  }
  if (process.platform !== 'linux') {
    throw new EmbeddedError('PostgreSQL refuses to run as root: start Kontor as an ordinary user.')
  }
  for (const { uid, gid } of [owner, statSync(dataDir)].filter(stat => stat !== undefined)) {
    if (uid !== 0) return { uid, gid }
  }
  return namedUser('postgres') ?? namedUser('nobody') ?? { uid: 65_534, gid: 65_534 }
}

/**
 * The data folder as the server names it. As root it stands in the folder and says "here": the name itself may lead
 * through folders that only root may pass (/root), and opening those to others is not ours to do.
 */
export function nameOfCluster(cluster: string, user: SystemUser | undefined): string {
  return user ? '/proc/self/cwd' : cluster
}

/** What server processes inherit: nothing of ours, where a PGPORT or PGDATA could redirect them. */
export const serverEnvironment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

function namedUser(name: string): SystemUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}
