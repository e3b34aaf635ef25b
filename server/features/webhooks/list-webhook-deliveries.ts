import Type from 'typebox'
import { Status, WebhookDelivery } from '#server/features/webhooks/delivery.ts'
import { deliveryColumns } from '#server/features/webhooks/delivery-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listWebhookDeliveries = operation({
  id: 'listWebhookDeliveries',
  summary: 'List what a webhook was sent',
  description:
    'One line for each event, the newest first: kept for 30 days, the newest 1,000 at most. Only for those who may ' +
    'read the whole audit log.',
  route: 'GET /api/workspaces/:workspace/webhooks/:webhook/deliveries',
  needs: { resource: 'webhook', action: 'read' },
  params: inWorkspace('webhook'),
  query: object({ status: Type.Optional(Status), ...listQuery }),
  returns: page(WebhookDelivery),
  async run({ db, params, query, services, workspace }) {
    const { id } = await db.require('webhook', params.webhook, 'log')
    return listPage(
      { services, workspace, query },
      `webhook-deliveries/${id}/${query.status ?? ''}`,
      // The primary key's index; a webhook has 1,000 at most, so a status is looked for among those.
      [{ ref: 'webhook_delivery.id', type: 'uuid', descending: true }],
      ({ after, order, keys, limit }) => {
        const rows = db.rows('webhook_delivery').where('webhook_delivery.webhook_id', '=', id)
        const some = query.status ? rows.where('webhook_delivery.status', '=', query.status) : rows
        return some.where(after).select(deliveryColumns).select(keys).orderBy(order).limit(limit).execute()
      },
    )
  },
})
