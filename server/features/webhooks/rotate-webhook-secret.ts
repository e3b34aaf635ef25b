import { newSecret, WebhookWithSecret } from '#server/features/webhooks/webhook.ts'
import { previousSecretField, requireWebhook, secretField } from '#server/features/webhooks/webhook-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

const hoursOfBoth = 24

export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  summary: 'Give a webhook a new secret',
  description:
    `For ${hoursOfBoth} hours each delivery carries two signatures, by the new secret and by the one before it ` +
    '(`v1,… v1,…`): a receiver takes either and changes over meanwhile. A further rotation in that time ends the oldest.',
  route: 'POST /api/workspaces/:workspace/webhooks/:webhook/secret',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook'),
  returns: WebhookWithSecret,
  async run({ db, params, services, workspace }) {
    const { id, secret: sealed } = await db.require('webhook', params.webhook, 'write')
    const { sealer, clock } = services
    const secret = newSecret()
    const previous = sealer.open(secretField(workspace, id), sealed)
    await db
      .update('webhook', 'write')
      .set({
        secret: sealer.seal(secretField(workspace, id), secret),
        previous_secret: sealer.seal(previousSecretField(workspace, id), previous),
        previous_until: clock.now().add({ hours: hoursOfBoth }).toString(),
      })
      .where('webhook.id', '=', id)
      .execute()
    return { ...(await requireWebhook(services, db, id)), secret }
  },
})
