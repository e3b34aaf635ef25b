import { Webhook } from '#server/features/webhooks/webhook.ts'
import { webhookRows } from '#server/features/webhooks/webhook-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listWebhooks = operation({
  id: 'listWebhooks',
  summary: 'List webhooks',
  route: 'GET /api/workspaces/:workspace/webhooks',
  needs: { resource: 'webhook', action: 'read' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(Webhook),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'webhooks',
      [{ ref: 'webhook.id', type: 'uuid' }],
      ({ after, order, keys, limit }) =>
        webhookRows(services, db).where(after).select(keys).orderBy(order).limit(limit).execute(),
    ),
})
