import { uuid7 } from '#server/crypto/uuid7.ts'
import { pingAction, WebhookDeliveryDetail } from '#server/features/webhooks/delivery.ts'
import { pingOf, requireDelivery } from '#server/features/webhooks/delivery-queries.ts'
import { stateAfter } from '#server/features/webhooks/keep-attempt.ts'
import { openPost } from '#server/features/webhooks/send-webhook.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import { attempt } from '#server/outbound/attempt.ts'

const pingsPerHour = 60

export const pingWebhook = operation({
  id: 'pingWebhook',
  summary: 'Send a webhook a test event',
  description:
    'Posts `{type: "webhook.ping", timestamp, data: {webhookId}}` once, signed as every delivery is, and answers with ' +
    `what came back, whatever that is. A webhook that is switched off can be tested too. At most ${pingsPerHour} an ` +
    'hour in a workspace (429).',
  route: 'POST /api/workspaces/:workspace/webhooks/:webhook/ping',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook'),
  returns: WebhookDeliveryDetail,
  // The receiver may take its ten seconds: meanwhile it holds no connection.
  transaction: 'own',
  async run({ db, params, services, workspace, transact, problem }) {
    const webhook = await db.require('webhook', params.webhook, 'write')
    const bucket = bucketOf('webhook-ping', workspace.id)
    const retryAfterSeconds = await takeFromLimits(services, [{ bucket, limit: pingsPerHour, seconds: 3600 }])
    if (retryAfterSeconds > 0) throw problem('too-many-requests', undefined, { retryAfterSeconds })
    const id = uuid7()
    const createdAt = services.clock.now().toString({ fractionalSecondDigits: 3 })
    const post = openPost(services, workspace, webhook)
    const made = (await attempt(services.clock, () => post(pingOf(webhook.id, id, createdAt))))!
    return transact(async writer => {
      await writer.insert('webhook_delivery', {
        webhook_id: webhook.id,
        id,
        action: pingAction,
        ...stateAfter(made, { next_attempt_at: null }),
        attempts: JSON.stringify([made]),
        attempt_count: 1,
        created_at: createdAt,
      })
      return requireDelivery(writer, webhook, id)
    }, '')
  },
})
