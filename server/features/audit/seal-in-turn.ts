import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { sealEvents } from '#server/features/audit/seal.ts'
import { signCheckpointLater } from '#server/features/audit/sign-checkpoint.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

// One batch a second instead of one with every write: what a write costs more is measured in bench/audit-sealing.ts.
const restMs = 1_000
// Later than the rest ends, although clocks of machines differ; the queue looks every 2 s, so that all is within 5.
const laterMs = 1_500
// Then other workspaces have their turn.
const turnMs = 5_000
// A checkpoint is signed a minute after it was asked for, so it covers what is sealed until shortly before.
const askAgainMs = 50_000
const mostWorkspaces = 20_000

/** When this process last sealed a workspace's events, and had a checkpoint signed; and whether the job is to come. */
type Turn = { sealedAt: number; askedAt: number; isDue: boolean }
const turns = new WeakMap<Services, Map<string, Turn>>()

/** Seals what is settled, or has it sealed in a moment if this process did so for the workspace a moment ago. */
export async function sealInTurn(services: Services, workspace: WorkspaceAddress, signal: AbortSignal): Promise<void> {
  const turn = turnOf(services, workspace.id)
  if (performance.now() - turn.sealedAt > restMs) return sealNow(services, workspace, signal)
  if (turn.isDue) return
  await sealLater(services, workspace.id, laterMs)
  turn.isDue = true
}

/** The job. */
export async function sealAuditEvents(
  services: Services,
  { workspaceId }: JobPayloads['seal-audit-events'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (workspace) await sealNow(services, workspace, signal)
}

/**
 * Has sealed and signed what nobody has: after SQL typed by hand, which wakes no worker, or when one was killed in between.
 * Called hourly.
 */
export async function catchUpWithTree(services: Services, workspace: WorkspaceAddress): Promise<void> {
  const { unsealed, unsigned } = await services.workspaces.system(workspace, db =>
    db
      .selectFrom('workspace')
      .select([
        sql<boolean>`exists (select from audit_event e where (e.xid, e.seq) > (sealed_xid, sealed_seq))`.as('unsealed'),
        sql<boolean>`sealed_size > coalesce((select max(c.size) from audit_checkpoint c), 0)`.as('unsigned'),
      ])
      .executeTakeFirstOrThrow(),
  )
  if (unsealed) await sealLater(services, workspace.id, 0)
  else if (unsigned) await signCheckpointLater(services, workspace.id)
}

async function sealNow(services: Services, workspace: WorkspaceAddress, signal: AbortSignal): Promise<void> {
  const turn = turnOf(services, workspace.id)
  turn.isDue = false
  const { sealed, left } = await sealEvents(services, workspace, { signal, forMs: turnMs })
  turn.sealedAt = performance.now()
  if (left !== 'nothing') await sealLater(services, workspace.id, left === 'more' ? 0 : laterMs)
  if (sealed === 0 || turn.sealedAt - turn.askedAt < askAgainMs) return
  await signCheckpointLater(services, workspace.id)
  turn.askedAt = turn.sealedAt
}

async function sealLater({ jobs }: Services, workspaceId: string, delayMs: number): Promise<void> {
  const key = `seal-audit-events/${workspaceId}`
  await jobs.add('seal-audit-events', { workspaceId }, { key, queue: key, delayMs })
}

function turnOf(services: Services, workspaceId: string): Turn {
  const known = turns.get(services) ?? new Map<string, Turn>()
  turns.set(services, known)
  const [sealedAt, askedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const turn = known.get(workspaceId) ?? { sealedAt, askedAt, isDue: false }
  if (known.size >= mostWorkspaces && !known.has(workspaceId)) known.delete(known.keys().next().value!)
  known.set(workspaceId, turn)
  return turn
}
