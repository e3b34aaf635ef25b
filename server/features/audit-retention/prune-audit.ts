import { eachWorkspace, type Due as Workspace } from '#server/features/audit-retention/each-workspace.ts'
import { countDue, pruneWorkspace } from '#server/features/audit-retention/prune-workspace.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** The daily round: prunes the workspaces whose history has something due, and opens no other. Idempotent. */
export async function pruneAudit(services: Services, signal: AbortSignal): Promise<void> {
  const due = await findWorkspaces(services)
  const work = async (...[client, workspace]: Parameters<Parameters<typeof eachWorkspace>[2]>) => {
    await pruneWorkspace(services, client, workspace, signal)
  }
  const { failed } = await eachWorkspace(services, due, work, signal)
  // The queue asks again, and then only those are still due.
  if (failed.length > 0) throw new Error(`the histories of ${failed.length} workspaces were not pruned`)
}

/** What a run did in a workspace, or would do: so many events from before that instant, which are older than so many days. */
export type Purge = { workspace: string; count: number; days: number; before: string }

/** The same now, for an operator: in one workspace or in all, or only counted. */
export async function purgeAudit(
  services: Services,
  { slug, dryRun, onEach }: { slug?: string | undefined; dryRun: boolean; onEach: (purge: Purge) => void },
): Promise<{ failed: string[] }> {
  const workspaces = await findWorkspaces(services, slug)
  if (slug !== undefined && workspaces.length === 0) throw problem('not-found', `There is no workspace "${slug}".`)
  const { failed } = await eachWorkspace(services, workspaces, async (client, workspace) => {
    const { due, days, before } = await countDue(services, client, workspace.schema)
    const count = dryRun ? due : await pruneWorkspace(services, client, workspace)
    onEach({ workspace: workspace.slug, count, days, before })
  })
  return { failed: failed.map(workspace => workspace.slug) }
}

/** A workspace that was never looked at may have something due; one under a legal hold has nothing. */
function findWorkspaces({ platform, clock }: Services, slug?: string): Promise<Workspace[]> {
  const active = platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema'])
    .where('status', '=', 'active')
    .orderBy('id')
  if (slug !== undefined) return active.where('slug', '=', slug).execute()
  return active
    .where('legal_hold', '=', false)
    .where(eb => eb.or([eb('audit_due_at', 'is', null), eb('audit_due_at', '<=', clock.now().toString())]))
    .execute()
}
