import type { Reader } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import { problemsOf } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** The caller may export the history, and the workspace's plan includes it; else the problem, in this order. */
export async function requireExporter(services: Services, workspace: WorkspaceAddress, db: Reader): Promise<void> {
  await db.requirePlaces('audit_export', [])
  await requirePlan(services, workspace)
}

/** The plan includes exports of the history. */
export async function requirePlan(services: Services, workspace: WorkspaceAddress): Promise<void> {
  if ((await planOf(services, workspace)) === 'business') return
  throw problemsOf(planProblems)('plan-required', 'Exports of the audit history are part of the plan Business.')
}

/** Which plan the workspace has at this moment: also for somebody who may not read its settings. */
export async function planOf({ workspaces }: Services, workspace: WorkspaceAddress): Promise<string> {
  const { plan } = await workspaces.system(workspace, db =>
    db.selectFrom('workspace').select('plan').executeTakeFirstOrThrow(),
  )
  return plan
}
