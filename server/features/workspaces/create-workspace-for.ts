import { uuid7 } from '#server/crypto/uuid7.ts'
import { newestWorkspaceVersion } from '#server/database/migrate.ts'
import { newSchemaName, provision, type WorkspaceSeed } from '#server/database/provision.ts'
import { loginAs } from '#server/database/server.ts'
import type { Services } from '#server/services.ts'

export type NewWorkspace = { name: string; slug: string; plan: string; owner: { accountId: string; email: string; name: string } }

/**
 * Makes a workspace whose first admin is `owner`. The directory entry comes first and says what is to be made, so
 * that a run that was killed is finished by `finishProvisioning`.
 */
export async function createWorkspaceFor(services: Services, { name, slug, plan, owner }: NewWorkspace): Promise<WorkspaceSeed> {
  const seed: WorkspaceSeed = {
    id: uuid7(), slug, name, plan, schema: newSchemaName(), loginKey: services.keys.newest, admin: { memberId: uuid7(), ...owner },
  }
  const field = { workspace: 'platform' as const, column: 'workspace.provisioning' as const, row: seed.id }
  await services.platform.db
    .insertInto('workspace')
    .values({
      id: seed.id, slug, name, plan: plan as 'starter', schema: seed.schema, login_key: seed.loginKey, status: 'creating',
      provisioning: services.sealer.seal(field, JSON.stringify(seed)),
    })
    .execute()
  await build(services, seed)
  return seed
}

/** Finishes what a killed process began more than a minute ago. Idempotent. */
export async function finishProvisioning(services: Services): Promise<void> {
  const before = services.clock.now().subtract({ minutes: 1 }).toString()
  const rows = await services.platform.db
    .selectFrom('workspace').select(['id', 'provisioning'])
    .where('status', '=', 'creating').where('created_at', '<', before).execute()
  for (const { id, provisioning } of rows) {
    if (!provisioning) continue
    const seed: WorkspaceSeed = JSON.parse(services.sealer.open({ workspace: 'platform', column: 'workspace.provisioning', row: id }, provisioning))
    await build(services, seed)
    services.log.info({ workspace: id }, 'finished a workspace that was left half made')
  }
}

async function build({ database, keys, platform }: Services, seed: WorkspaceSeed): Promise<void> {
  const login = loginAs(database.server, keys, 'kontor_provisioner')
  await database.connections.use('kontor_provisioner', login, client => provision(client, keys, seed))
  await platform.transact(async db => {
    await db
      .insertInto('membership')
      .values({ account_id: seed.admin.accountId, workspace_id: seed.id, member_id: seed.admin.memberId })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await db
      .updateTable('workspace')
      .set({ status: 'active', schema_version: newestWorkspaceVersion(), provisioning: null })
      .where('id', '=', seed.id)
      .execute()
  })
}
