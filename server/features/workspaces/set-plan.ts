import type { Plan } from '#server/config/config.ts'
import { catchUp, changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** Gives a workspace another plan: for the operator, so the audit event names no member. */
export async function setPlan(services: Services, slug: string, plan: Plan): Promise<void> {
  const workspace = await findWorkspaceBySlug(services, slug)
  if (!workspace) throw problem('not-found', `There is no workspace "${slug}".`)
  await changeDirectory(services, workspace.id, { plan })
  await catchUp(services, workspace.id)
}
