import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { signCheckpoint } from '#server/features/audit/index.ts'
import { nextTurn, type Rhythm } from '#server/features/audit-exports/audit-export-schedule.ts'
import { promiseExport } from '#server/features/audit-exports/export-job.ts'
import { planOf } from '#server/features/audit-exports/require-exporter.ts'
import { queueTurn } from '#server/features/audit-exports/schedule-queries.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

/**
 * Takes the turn of a schedule: from the first leaf that it has not exported to the newest. Turns that were missed are
 * made up for by one. The row decides whose turn it is, so a job too many, too early or twice does nothing.
 */
export async function runAuditSchedule(
  services: Services,
  { workspaceId, scheduleId }: JobPayloads['run-audit-schedule'],
): Promise<void> {
  const workspace = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  const due = workspace && (await findDue(services, workspace, scheduleId))
  if (!due) return
  const nextAt = nextTurn({ every: due.every as Rhythm, hour: due.hour! }, services.clock.now()).toString()
  // Where the plan does not include it for a while, the leaves wait, and the next export covers them too.
  const size = (await planOf(services, workspace)) === 'business' ? (await signCheckpoint(services, workspace)).size : 0
  await takeTurn(services, workspace, { due, nextAt, size })
  await queueTurn(services, workspaceId, { id: scheduleId, nextAt })
}

function findDue({ workspaces, clock }: Services, workspace: WorkspaceAddress, scheduleId: string) {
  return workspaces.system(workspace, db =>
    db
      .selectFrom('audit_export')
      .select(['id', 'format', 'every', 'hour', 'next_at', 'next_index'])
      .where('id', '=', scheduleId)
      .where('active', '=', true)
      .where('next_at', '<=', clock.now().toString())
      .executeTakeFirst(),
  )
}

type Turn = { due: NonNullable<Awaited<ReturnType<typeof findDue>>>; nextAt: string; size: number }

async function takeTurn(services: Services, workspace: WorkspaceAddress, { due, nextAt, size }: Turn): Promise<void> {
  const from = due.next_index!
  const isWorthwhile = size > from
  const begin = await services.workspaces.system(
    workspace,
    async db => {
      const { numUpdatedRows } = await db
        .updateTable('audit_export')
        .set({ next_at: nextAt, next_index: isWorthwhile ? size : from })
        .where('id', '=', due.id)
        .where('next_index', '=', from)
        .where(sql<boolean>`next_at = ${due.next_at}::text::timestamptz`)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n || !isWorthwhile) return undefined
      const id = uuid7()
      const { format } = due
      await db
        .insertInto('audit_export')
        .values({ id, kind: 'export', format, schedule_id: due.id, from_index: from, size, status: 'waiting' })
        .execute()
      return promiseExport(services, workspace, id)
    },
    'audit-export',
  )
  begin?.()
  services.events.wake(workspace.schema)
}
