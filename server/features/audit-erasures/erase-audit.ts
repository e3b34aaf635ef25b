import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { eraseEvents } from '#server/features/audit-erasures/erase-events.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

const waitsMs = { unsettled: 1_000, held: 3_600_000, killed: 60_000 }

/** Enqueues an erasure that was asked for. */
export async function eraseAuditLater(
  { jobs }: Services,
  payload: JobPayloads['erase-audit'],
  why?: keyof typeof waitsMs,
): Promise<void> {
  const { workspaceId, erasureId } = payload
  await jobs.add('erase-audit', payload, {
    key: `audit-erasure/${erasureId}${why ? '/later' : ''}`,
    queue: `audit-erasures/${workspaceId}`,
    ...(why ? { delayMs: waitsMs[why] } : {}),
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
  if (state === 'missing') await expectLater(services, payload.erasureId)
  if (state === 'unsettled' || state === 'held') await eraseAuditLater(services, payload, state)
  signal.throwIfAborted()
}

// The job is enqueued in the transaction that inserts the row, a moment before its commit: the queue asks again.
async function expectLater({ clock }: Services, erasureId: string): Promise<void> {
  const madeAt = Number.parseInt(erasureId.replaceAll('-', '').slice(0, 12), 16)
  if (Math.abs(clock.now().epochMilliseconds - madeAt) < 10_000)
    throw new Error(`the erasure ${erasureId} is not there yet`)
}

function findWorkspace({ platform }: Services, id: string): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
}
