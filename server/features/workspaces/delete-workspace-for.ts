import { unprovision } from '#server/database/provision.ts'
import { loginAs } from '#server/database/server.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** Deletes a workspace with everything in it. Resumable: what a killed run leaves, `finishDeleting` does. */
export async function deleteWorkspace(services: Services, slug: string): Promise<void> {
  const marked = await services.platform.db
    .updateTable('workspace')
    .set({ status: 'deleting' })
    .where('slug', '=', slug)
    .where('status', '<>', 'creating')
    .returning(['id', 'schema'])
    .executeTakeFirst()
  if (!marked) throw problem('not-found', `There is no workspace "${slug}".`)
  await removeWorkspace(services, marked)
}

/** Nobody enters from here on; what is left of it is removed now or by the schedule. */
export async function deleteWorkspaceSoon(
  services: Services,
  workspace: { id: string; schema: string },
): Promise<void> {
  await services.platform.db
    .updateTable('workspace')
    .set({ status: 'deleting' })
    .where('id', '=', workspace.id)
    .execute()
  await removeWorkspace(services, workspace).catch(error =>
    services.log.warn({ err: error, workspace: workspace.id }, 'a deleted workspace is removed later'),
  )
}

/** Finishes the deletions that a killed process began. */
export async function finishDeleting(services: Services): Promise<void> {
  const rows = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'schema'])
    .where('status', '=', 'deleting')
    .execute()
  for (const row of rows) {
    await removeWorkspace(services, row).catch(error =>
      services.log.error({ err: error, workspace: row.id }, 'a deleted workspace could not be removed'),
    )
  }
}

// The directory entry goes last: as long as it is there, the slug is taken and the schedule knows what is left.
async function removeWorkspace(
  { database, keys, platform, storage, workspaces }: Services,
  { id, schema }: { id: string; schema: string },
): Promise<void> {
  workspaces.forget(schema)
  const login = loginAs(database.server, keys, 'kontor_provisioner')
  await database.connections.use('kontor_provisioner', login, client => unprovision(client, schema))
  await storage.removeAll(schema)
  await platform.db.deleteFrom('workspace').where('id', '=', id).where('status', '=', 'deleting').execute()
  workspaces.forget(schema)
}
