import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { eraseEvents } from '#server/features/audit-erasures/erase-events.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import { promiseJob } from '#server/jobs/promise-job.ts'
import type { Services } from '#server/services.ts'

const waitsMs = { unsettled: 1_000, held: 3_600_000, killed: 60_000 }

/** Promises an erasure, in the transaction of its row. @returns what has it begin, after the commit. */
export function promiseErasure(services: Services, payload: JobPayloads['erase-audit']): Promise<() => void> {
  const { workspaceId, erasureId } = payload
  const at = { key: `audit-erasure/${erasureId}`, queue: `audit-erasures/${workspaceId}` }
  return promiseJob(services, 'erase-audit', payload, at)
}

/** Enqueues the rest of an erasure, or all of it, for later. */
export async function eraseAuditLater(
  { jobs }: Services,
  payload: JobPayloads['erase-audit'],
  why: keyof typeof waitsMs,
): Promise<void> {
  const { workspaceId, erasureId } = payload
  await jobs.add('erase-audit', payload, {
    key: `audit-erasure/${erasureId}/later`,
    queue: `audit-erasures/${workspaceId}`,
    delayMs: waitsMs[why],
  })
}

/** The job. It may be killed anywhere, and goes on where it was. */
export async function eraseAudit(
  services: Services,
  payload: JobPayloads['erase-audit'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await findWorkspace(services, payload.workspaceId)
  if (!workspace) return
  const state = await eraseEvents(services, workspace, payload.erasureId, { signal })
  if (state === 'unsettled' || state === 'held') await eraseAuditLater(services, payload, state)
  signal.throwIfAborted()
}

function findWorkspace({ platform }: Services, id: string): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
}
