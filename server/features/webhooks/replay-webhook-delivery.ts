import { replayProblems, WebhookDeliveryDetail } from '#server/features/webhooks/delivery.ts'
import { findMessage, requireDelivery } from '#server/features/webhooks/delivery-queries.ts'
import { replayAgain, requireRoom } from '#server/features/webhooks/replay-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const replayWebhookDelivery = operation({
  id: 'replayWebhookDelivery',
  summary: 'Send a delivery again',
  description:
    'The same event with the same `webhook-id`, with a new timestamp and signature, in the background: five attempts ' +
    'within an hour. One that the webhook is tried with anyway is tried at once. 410 when the event has left the history.',
  route: 'POST /api/workspaces/:workspace/webhooks/:webhook/deliveries/:delivery/replay',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook', 'delivery'),
  returns: WebhookDeliveryDetail,
  status: 202,
  problems: replayProblems,
  async run({ db, params, services, workspace, afterCommit, problem }) {
    const webhook = await db.require('webhook', params.webhook, 'write')
    const found = await requireDelivery(db, webhook, params.delivery)
    if (!webhook.active) throw problem('webhook-off', 'Switch the webhook on first: nothing is sent while it is off.')
    if (!(await findMessage(db, webhook.id, found)))
      throw problem('event-gone', 'The history no longer holds what was sent, so it cannot be sent again.')
    await requireRoom(db, webhook.id)
    await replayAgain({ db, services, workspace, afterCommit }, webhook.id, [found])
    return requireDelivery(db, webhook, found.id)
  },
})
