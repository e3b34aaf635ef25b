import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteWebhook = operation({
  id: 'deleteWebhook',
  summary: 'Delete a webhook',
  route: 'DELETE /api/workspaces/:workspace/webhooks/:webhook',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook'),
  async run({ db, params, request }) {
    const { id } = await db.require('webhook', params.webhook, 'write', request.ifMatch)
    await db.remove('webhook', 'write').where('webhook.id', '=', id).execute()
    return undefined
  },
})
