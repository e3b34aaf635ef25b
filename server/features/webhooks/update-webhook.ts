import { requireUrl, Webhook, WebhookChanges } from '#server/features/webhooks/webhook.ts'
import { requireWebhook } from '#server/features/webhooks/webhook-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateWebhook = operation({
  id: 'updateWebhook',
  summary: 'Change a webhook',
  description: 'Any change clears its failures, so that the next attempt is made at once.',
  route: 'PATCH /api/workspaces/:workspace/webhooks/:webhook',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook'),
  body: WebhookChanges,
  example: { active: true },
  returns: Webhook,
  async run({ db, params, body, request, services }) {
    const { id } = await db.require('webhook', params.webhook, 'write', request.ifMatch)
    requireUrl(services.config, body.url)
    await db
      .update('webhook', 'write')
      .set({ ...body, failures: 0, retry_at: null })
      .where('webhook.id', '=', id)
      .execute()
    return requireWebhook(services, db, id)
  },
})
