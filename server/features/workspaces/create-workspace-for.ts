import type { WorkspaceSeed } from '#server/database/provision.ts'
import {
  buildWorkspace,
  type NewWorkspace,
  reserveWorkspace,
  slugTaken,
} from '#server/features/workspaces/directory-queries.ts'
import type { Services } from '#server/services.ts'

/**
 * Makes a workspace whose first admin is `owner`. The directory entry comes first and says what is to be made, so
 * that a run that was killed is finished by `finishProvisioning`.
 * @throws a conflict when the slug is taken.
 */
export async function createWorkspaceFor(services: Services, wish: NewWorkspace): Promise<WorkspaceSeed> {
  const seed = await reserveWorkspace(services, services.platform.db, wish)
  if (!seed) throw slugTaken()
  await buildWorkspace(services, seed)
  return seed
}

/** Finishes what a killed process began more than a minute ago. Idempotent. */
export async function finishProvisioning(services: Services): Promise<void> {
  const before = services.clock.now().subtract({ minutes: 1 }).toString()
  const rows = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'provisioning'])
    .where('status', '=', 'creating')
    .where('created_at', '<', before)
    .execute()
  for (const { id, provisioning } of rows) {
    if (!provisioning) continue
    try {
      const seed: WorkspaceSeed = JSON.parse(
        services.sealer.open({ workspace: 'platform', column: 'workspace.provisioning', row: id }, provisioning),
      )
      await buildWorkspace(services, seed)
      services.log.info({ workspace: id }, 'finished a workspace that was left half made')
    } catch (error) {
      // One that cannot be finished must not keep the others waiting.
      services.log.error({ err: error, workspace: id }, 'a workspace that was left half made could not be finished')
    }
  }
}
