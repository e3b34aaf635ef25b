import type { Plan } from '#server/config/config.ts'
import { asOwner } from '#server/database/as-owner.ts'
import { findShrinking, type Shrinking } from '#server/features/audit-retention/find-shrinking.ts'
import { catchUp, changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** How long events are kept, and what a downgrade does to that: nothing for 30 days. */
export type PlanChange = { auditRetentionDays: number; shrinking: Shrinking | null }

/** Gives a workspace another plan: for the operator, so the audit event names no member. */
export async function setPlan(services: Services, slug: string, plan: Plan): Promise<PlanChange> {
  const workspace = await findWorkspaceBySlug(services, slug)
  if (!workspace) throw problem('not-found', `There is no workspace "${slug}".`)
  await changeDirectory(services, workspace.id, { plan })
  await catchUp(services, workspace.id)
  return asOwner(services, workspace.schema, async db => {
    const row = await db.selectFrom('workspace').select('audit_retention_days as days').executeTakeFirstOrThrow()
    return { auditRetentionDays: row.days, shrinking: (await findShrinking(db)) ?? null }
  })
}
