import { WebhookDeliveryDetail } from '#server/features/webhooks/delivery.ts'
import { requireDelivery } from '#server/features/webhooks/delivery-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getWebhookDelivery = operation({
  id: 'getWebhookDelivery',
  summary: 'Read what a webhook was sent, and what it answered',
  description:
    'Without the signature, which would be as good as the request. `request` is null once the event is gone.',
  route: 'GET /api/workspaces/:workspace/webhooks/:webhook/deliveries/:delivery',
  needs: { resource: 'webhook', action: 'read' },
  params: inWorkspace('webhook', 'delivery'),
  returns: WebhookDeliveryDetail,
  async run({ db, params }) {
    const webhook = await db.require('webhook', params.webhook, 'log')
    return requireDelivery(db, webhook, params.delivery)
  },
})
