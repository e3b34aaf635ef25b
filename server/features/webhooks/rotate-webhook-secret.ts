import { newSecret, WebhookWithSecret } from '#server/features/webhooks/webhook.ts'
import { requireWebhook, secretField } from '#server/features/webhooks/webhook-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  summary: 'Give a webhook a new secret',
  description: 'The old one signs nothing from now on.',
  route: 'POST /api/workspaces/:workspace/webhooks/:webhook/secret',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook'),
  returns: WebhookWithSecret,
  async run({ db, params, services, workspace }) {
    const { id } = await db.require('webhook', params.webhook, 'write')
    const secret = newSecret()
    const sealed = services.sealer.seal(secretField(workspace, id), secret)
    await db.update('webhook', 'write').set({ secret: sealed }).where('webhook.id', '=', id).execute()
    return { ...(await requireWebhook(db, id)), secret }
  },
})
