import type { Writer } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { WebhookDelivery } from '#server/features/webhooks/delivery.ts'
import { problem } from '#server/http/problems.ts'
import { promiseJob } from '#server/jobs/promise-job.ts'
import type { Services } from '#server/services.ts'

/** How many of a webhook may wait to be sent again. */
export const mostWaiting = 500

/** How many more may be asked for; a problem where that is none. */
export async function requireRoom(db: Writer, webhook: string): Promise<number> {
  const { waiting } = await db
    .rows('webhook_delivery')
    .where('webhook_delivery.webhook_id', '=', webhook)
    .where('webhook_delivery.status', '=', 'pending')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow()
  if (Number(waiting) < mostWaiting) return mostWaiting - Number(waiting)
  throw problem('too-many-requests', `${mostWaiting} wait to be sent again: come back when they have been.`, {
    retryAfterSeconds: 60,
  })
}

type Context = {
  db: Writer
  services: Services
  workspace: WorkspaceAddress
  afterCommit: (work: () => void) => void
}

/** Has deliveries sent again: by a job of their own, or, where the stream is at one of them, by the stream at once. */
export async function replayAgain(
  { db, services, workspace, afterCommit }: Context,
  webhookId: string,
  deliveries: readonly Pick<WebhookDelivery, 'id' | 'status'>[],
): Promise<void> {
  const now = services.clock.now().toString({ fractionalSecondDigits: 3 })
  const over = deliveries.filter(({ status }) => status !== 'failed').map(({ id }) => id)
  const change = (ids: readonly string[], values: { status?: 'pending'; failures?: number; finished_at?: null }) =>
    db
      .update('webhook_delivery', 'write')
      .set({ ...values, next_attempt_at: now })
      .where('webhook_delivery.webhook_id', '=', webhookId)
      .where('webhook_delivery.id', 'in', ids)
      .execute()
  if (over.length > 0) {
    await change(over, { status: 'pending', failures: 0, finished_at: null })
    const payload = { workspaceId: workspace.id, webhookId }
    const queue = `replay-deliveries/${webhookId}`
    afterCommit(await promiseJob(services, 'replay-deliveries', payload, { key: queue, queue }))
  }
  const current = deliveries.filter(({ status }) => status === 'failed').map(({ id }) => id)
  if (current.length === 0) return
  await change(current, {})
  await db.update('webhook', 'write').set({ failures: 0, retry_at: null }).where('webhook.id', '=', webhookId).execute()
  // The readers of events, who are called after each change, see that it waits no longer.
}
