import { join } from 'node:path'
import type pg from 'pg'
import type { Config } from '#server/config/config.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import type { Finding } from '#server/doctor/examine.ts'
import { findLostKeys } from '#server/keys/find-lost-keys.ts'
import { openWorkspaceKeys } from '#server/keys/workspace-keys.ts'

/** The installation's keys, and each workspace's own. @param admin sees the directory. */
export async function examineKeys({ dataDir }: Config, keys: KeyRing, admin: pg.Client): Promise<Finding[]> {
  const { rows: found } = await admin.query(`select to_regclass('platform.key_rotation') is not null as there`)
  if (!found[0].there) return describeRing(keys, undefined)
  const { rows: rotations } = await admin.query<{ version: number; activated: boolean; finished: boolean }>(
    `select version, activated_at is not null as activated, finished_at is not null as finished
     from platform.key_rotation order by version desc`,
  )
  const { rows: workspaces } = await admin.query<{ id: string; slug: string }>(
    `select id, slug from platform.workspace where has_key and status in ('active', 'broken')`,
  )
  const folder = join(dataDir, 'workspace-keys')
  const lost = findLostKeys(workspaces, openWorkspaceKeys(folder, keys))
  const sealing = rotations.find(rotation => rotation.activated)
  return [
    ...describeRing(keys, sealing?.version),
    ...(sealing && !sealing.finished
      ? [finding('warning', `moving to version ${sealing.version}: \`kontor keys status\` says how far it is`)]
      : []),
    lost.length > 0
      ? finding(
          'error',
          `lost or damaged in ${folder}: those of ${lost.map(({ slug, id }) => `${slug} (${id})`).join(', ')}. Put the files back from a backup: what is sealed there does not open without them`,
        )
      : finding('ok', `${workspaces.length} workspaces have a key of their own`),
  ]
}

function describeRing(keys: KeyRing, sealing: number | undefined): Finding[] {
  const known = keys.versions.join(', ')
  if (sealing !== undefined && !keys.versions.includes(sealing))
    return [finding('error', `version ${sealing} seals in this database and is missing: there are ${known}`)]
  return [finding('ok', `versions ${known}; ${sealing ?? keys.newest} seals`)]
}

function finding(level: Finding['level'], detail: string): Finding {
  return { level, check: 'keys', detail }
}
