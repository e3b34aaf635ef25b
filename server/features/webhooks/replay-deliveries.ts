import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'
import { pingAction, type StoredDelivery } from '#server/features/webhooks/delivery.ts'
import { pingOf } from '#server/features/webhooks/delivery-queries.ts'
import { keepAttempt, stateAfter } from '#server/features/webhooks/keep-attempt.ts'
import { messageOf, openPost } from '#server/features/webhooks/send-webhook.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import { attempt, hasArrived } from '#server/outbound/attempt.ts'
import type { Services } from '#server/services.ts'

const second = 1000
/** After a failure; after the last, what waits is given up. */
const pausesMs = [5 * second, 30 * second, 120 * second, 600 * second]

/**
 * Sends again what was asked for, the oldest first and one after another: as long as one fails, those after it wait,
 * because a receiver that is down would only fail them too. Killed at any point, the job comes again.
 */
export async function replayDeliveries(
  services: Services,
  { workspaceId, webhookId }: JobPayloads['replay-deliveries'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await findWorkspace(services, workspaceId)
  if (!workspace) return
  let again: number | undefined = 0
  while (again === 0 && !signal.aborted) again = await replayNext(services, workspace, webhookId)
  if (again === undefined) return
  const queue = `replay-deliveries/${webhookId}`
  await services.jobs.add(
    'replay-deliveries',
    { workspaceId, webhookId },
    { key: `${queue}/later`, queue, delayMs: Math.max(again, 1) },
  )
}

/** @returns in how many ms to go on, or undefined: nothing waits. */
async function replayNext(
  services: Services,
  workspace: WorkspaceAddress,
  webhookId: string,
): Promise<number | undefined> {
  const { workspaces, clock } = services
  const found = await workspaces.system(workspace, async db => {
    const next = await findNext(db, webhookId)
    if (next && !next.webhook.active) {
      await giveUp(services, db, webhookId)
      return undefined
    }
    return next
  })
  if (!found) return undefined
  const { webhook, delivery, event } = found
  const waitMs = Date.parse(delivery.next_attempt_at ?? '') - clock.now().epochMilliseconds
  if (waitMs > 0) return waitMs
  const message =
    delivery.action === pingAction
      ? pingOf(webhookId, delivery.id, delivery.created_at)
      : event && messageOf(toAuditEvent(event))
  const made = await attempt(clock, async () => {
    if (!message) throw new Error('the event has left the history')
    return openPost(services, workspace, webhook)(message)
  })
  const pause = message && made && !hasArrived(made) ? pausesMs[delivery.failures] : undefined
  const until = pause === undefined ? null : clock.now().add({ milliseconds: pause }).toString()
  const next = { next_attempt_at: until, failures: delivery.failures + 1 }
  const { webhook_id, id, action } = delivery
  await workspaces.system(workspace, async db => {
    await keepAttempt(db, { webhook_id, id, action }, made!, next, 'pending')
    if (message && stateAfter(made!, next).status === 'given_up') await giveUp(services, db, webhookId)
  })
  return pause ?? 0
}

async function findNext(db: Kysely<WorkspaceTables>, webhookId: string) {
  const webhook = await db.selectFrom('webhook').selectAll().where('id', '=', webhookId).executeTakeFirst()
  // The index is webhook_delivery_pending.
  const delivery: StoredDelivery | undefined = await db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('status', '=', sql.lit('pending'))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!webhook || !delivery) return undefined
  const event = await db.selectFrom('audit_event').select(auditColumns).where('id', '=', delivery.id).executeTakeFirst()
  return { webhook, delivery, event }
}

async function giveUp({ clock }: Services, db: Kysely<WorkspaceTables>, webhookId: string): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ status: 'given_up', next_attempt_at: null, finished_at: clock.now().toString() })
    .where('webhook_id', '=', webhookId)
    .where('status', '=', 'pending')
    .execute()
}

async function findWorkspace({ platform }: Services, id: string): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
}
