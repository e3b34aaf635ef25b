import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { sealInTurn } from '#server/features/audit/seal-in-turn.ts'
import { sendsOf as integrationSends } from '#server/features/integrations/send-message.ts'
import { mailInvitations } from '#server/features/invitations/mail-invitations.ts'
import { notifyNext } from '#server/features/notifications/notify.ts'
import { sendsOf as webhookSends } from '#server/features/webhooks/send-webhook.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import { deliver, type TargetTable } from '#server/outbound/deliver.ts'
import type { Services } from '#server/services.ts'

/**
 * The job that follows a workspace's events: notifications here, a job for each receiver that has something unread, and
 * the tree of the history. It also writes the mails of invitations whose inviter's process was killed before it could.
 */
export async function readEventsOf(
  services: Services,
  { workspaceId }: JobPayloads['read-events'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await findWorkspace(services, workspaceId)
  if (!workspace) return
  try {
    let state = await notifyNext(services, workspace)
    // However much there is to read, the history is sealed within seconds: the rest has its turn after it.
    const until = performance.now() + oneTurnMs
    while (state === 'more' && !signal.aborted && performance.now() < until)
      state = await notifyNext(services, workspace)
    for (const payload of await findReceivers(services, workspace)) await deliverLater(services, payload)
    // Or something older still runs: what comes after it is read once it has ended.
    if (state !== 'done')
      await services.jobs.add(
        'read-events',
        { workspaceId },
        {
          key: `read-events/${workspaceId}/again`,
          queue: `read-events/${workspaceId}`,
          delayMs: state === 'more' ? 1 : unsettledMs,
        },
      )
  } finally {
    // Whatever keeps the others from reading, the history is sealed.
    await sealInTurn(services, workspace, signal)
  }
  // Last: what goes wrong with a mail is tried again, and keeps nothing else waiting.
  await mailInvitations(services, workspace)
}

/** The job of one receiver. One at a time, so that its events arrive in order. */
export async function deliverEvents(
  services: Services,
  payload: JobPayloads['deliver-events'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await findWorkspace(services, payload.workspaceId)
  if (!workspace) return
  const { table, id } = payload
  const open = (table === 'webhook' ? webhookSends : integrationSends)(services, workspace, id)
  let again = await deliver(services, workspace, table, id, open)
  while (again === 0 && !signal.aborted) again = await deliver(services, workspace, table, id, open)
  if (again !== undefined) await deliverLater(services, payload, Math.max(again, 1))
}

const oneTurnMs = 1000
const unsettledMs = 1000
const tables = ['webhook', 'integration'] as const satisfies TargetTable[]

async function deliverLater(
  { jobs }: Services,
  payload: JobPayloads['deliver-events'],
  delayMs?: number,
): Promise<void> {
  const key = `deliver-events/${payload.id}${delayMs === undefined ? '' : '/later'}`
  await jobs.add('deliver-events', payload, {
    key,
    queue: `deliver-events/${payload.id}`,
    ...(delayMs === undefined ? {} : { delayMs }),
  })
}

async function findReceivers(
  services: Services,
  workspace: WorkspaceAddress,
): Promise<JobPayloads['deliver-events'][]> {
  return services.workspaces.system(workspace, async db => {
    const found: JobPayloads['deliver-events'][] = []
    for (const table of tables) {
      const rows = await db
        .selectFrom(table)
        .select('id')
        .where('active', '=', true)
        .where(sql<boolean>`(retry_at is null or retry_at <= ${services.clock.now().toString()})`)
        .where(sql<boolean>`exists (select from audit_event e where (e.xid, e.seq) > (sent_xid, sent_seq))`)
        .execute()
      found.push(...rows.map(({ id }) => ({ workspaceId: workspace.id, table, id })))
    }
    return found
  })
}

async function findWorkspace({ platform }: Services, id: string): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
}
