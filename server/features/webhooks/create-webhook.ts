import { uuid7 } from '#server/crypto/uuid7.ts'
import { oldestRunning } from '#server/events/follow.ts'
import { NewWebhook, newSecret, requireUrl, WebhookWithSecret } from '#server/features/webhooks/webhook.ts'
import { requireWebhook, secretField } from '#server/features/webhooks/webhook-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createWebhook = operation({
  id: 'createWebhook',
  summary: 'Create a webhook',
  description:
    'Each audit event is posted to it as `{type, timestamp, data}`, signed as Standard Webhooks says (`webhook-id`, ' +
    '`webhook-timestamp`, `webhook-signature`), in order, at least once: the `webhook-id` of a repetition is the same. ' +
    'It begins with the event of its own creation. Only for those who may read the whole audit log.',
  route: 'POST /api/workspaces/:workspace/webhooks',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace(),
  body: NewWebhook,
  example: { url: 'https://hooks.example.eu/kontor', actions: ['task.created', 'task.updated'] },
  returns: WebhookWithSecret,
  status: 201,
  async run({ db, body, services, workspace }) {
    requireUrl(services.config, body.url)
    const id = uuid7()
    const secret = newSecret()
    await db.insert('webhook', {
      id,
      url: body.url,
      actions: body.actions ?? [],
      active: body.active ?? true,
      secret: services.sealer.seal(secretField(workspace, id), secret),
      sent_xid: oldestRunning,
    } as never)
    return { ...(await requireWebhook(services, db, id)), secret }
  },
})
