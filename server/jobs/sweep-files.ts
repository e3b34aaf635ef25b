import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Services } from '#server/services.ts'

const hoursOfGrace = 24
const atOnce = 500

/**
 * Removes files without a row: of an upload during which the server was killed, or of a row that went while its file
 * could not. A younger file may still be waiting for its row. Encrypts what an older version kept as it was. Idempotent.
 */
export async function sweepFiles(services: Services, signal: AbortSignal): Promise<void> {
  const workspaces = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  for (const workspace of workspaces) {
    if (signal.aborted) return
    try {
      await sweepWorkspace(services, workspace)
    } catch (error) {
      services.log.warn({ err: error, workspace: workspace.id }, 'the files of a workspace were not swept')
    }
  }
}

async function sweepWorkspace(services: Services, workspace: WorkspaceAddress): Promise<void> {
  const before = services.clock.now().epochMilliseconds - hoursOfGrace * 3_600_000
  let ids: string[] = []
  for await (const id of services.storage.list(workspace.schema)) {
    if (!(madeAt(id) < before)) continue
    await services.storage.encrypt(workspace, id)
    ids.push(id)
    if (ids.length < atOnce) continue
    await removeUnknown(services, workspace, ids)
    ids = []
  }
  await removeUnknown(services, workspace, ids)
}

/** When a UUIDv7 was made, in milliseconds; NaN for a name that is none, which is not ours to remove. */
function madeAt(id: string): number {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? Number.parseInt(id.replace('-', '').slice(0, 12), 16)
    : Number.NaN
}

async function removeUnknown(
  { workspaces, storage }: Services,
  workspace: WorkspaceAddress,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await workspaces.system(workspace, db =>
    sql<{ id: string }>`select f.id from unnest(${ids}::uuid[]) f (id)
      where not exists (select from attachment a where a.id = f.id) and not exists (select from import i where i.id = f.id)
        and not exists (select from audit_export x where x.file_id = f.id)`.execute(db),
  )
  for (const { id } of rows) await storage.remove(workspace.schema, id)
}
