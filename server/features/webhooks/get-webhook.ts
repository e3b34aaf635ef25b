import { Webhook } from '#server/features/webhooks/webhook.ts'
import { requireWebhook } from '#server/features/webhooks/webhook-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getWebhook = operation({
  id: 'getWebhook',
  summary: 'Read a webhook',
  route: 'GET /api/workspaces/:workspace/webhooks/:webhook',
  needs: { resource: 'webhook', action: 'read' },
  params: inWorkspace('webhook'),
  returns: Webhook,
  run: ({ db, params, services }) => requireWebhook(services, db, params.webhook),
})
