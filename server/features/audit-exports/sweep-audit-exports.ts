import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { queueExport } from '#server/features/audit-exports/export-job.ts'
import { queueTurn } from '#server/features/audit-exports/schedule-queries.ts'
import type { Services } from '#server/services.ts'

const lookAheadHours = 2
const lostAfterMinutes = 10

/**
 * Removes the exports of a workspace whose time is over, and enqueues again what should have a job: turns that come soon,
 * and exports that wait and were forgotten. Idempotent.
 */
export async function sweepAuditExports(services: Services, workspace: WorkspaceAddress): Promise<void> {
  const { workspaces, storage, clock } = services
  const now = clock.now()
  const found = await workspaces.system(workspace, async db => ({
    expired: await db.selectFrom('audit_export').select('id').where('expires_at', '<=', now.toString()).execute(),
    soon: await db
      .selectFrom('audit_export')
      .select(['id', 'next_at as nextAt'])
      .where('kind', '=', 'schedule')
      .where('active', '=', true)
      .where('next_at', '<=', now.add({ hours: lookAheadHours }).toString())
      .execute(),
    lost: await db
      .selectFrom('audit_export')
      .select('id')
      .where('status', '=', 'waiting')
      .where('created_at', '<', now.subtract({ minutes: lostAfterMinutes }).toString())
      .execute(),
  }))
  for (const { id, nextAt } of found.soon) await queueTurn(services, workspace.id, { id, nextAt: nextAt! })
  for (const { id } of found.lost) await queueExport(services, workspace, id)
  if (found.expired.length === 0) return
  const ids = found.expired.map(({ id }) => id)
  const gone = await workspaces.system(
    workspace,
    db => db.deleteFrom('audit_export').where('id', 'in', ids).returning('file_id').execute(),
    'clean-up',
  )
  storage.removeLater(
    workspace.schema,
    gone.flatMap(({ file_id }) => file_id ?? []),
  )
}
