import Type from 'typebox'
import { pingAction, replayProblems } from '#server/features/webhooks/delivery.ts'
import { deliveryColumns } from '#server/features/webhooks/delivery-queries.ts'
import { mostWaiting, replayAgain, requireRoom } from '#server/features/webhooks/replay-queries.ts'
import { operation } from '#server/http/operation.ts'
import { Instant, inWorkspace, object } from '#server/http/schemas.ts'

const Replay = object({
  since: Instant,
  delivered: Type.Optional(
    Type.Boolean({ default: false, description: 'Also what arrived: for a receiver that has lost it' }),
  ),
})

export const replayWebhook = operation({
  id: 'replayWebhook',
  summary: 'Send again what failed since a moment',
  description:
    `Everything in the log whose last attempt since then failed, the oldest first and at most ${mostWaiting} at once: ` +
    'where `more` is true, ask again when those have been sent. Test events and events that have left the history are ' +
    'left out.',
  route: 'POST /api/workspaces/:workspace/webhooks/:webhook/replay',
  needs: { resource: 'webhook', action: 'write' },
  params: inWorkspace('webhook'),
  body: Replay,
  example: { since: '2026-11-01T00:00:00Z' },
  returns: Type.Object({ count: Type.Integer(), more: Type.Boolean() }),
  status: 202,
  problems: { 'webhook-off': replayProblems['webhook-off'] },
  async run({ db, params, body, services, workspace, afterCommit, problem }) {
    const webhook = await db.require('webhook', params.webhook, 'write')
    if (!webhook.active) throw problem('webhook-off', 'Switch the webhook on first: nothing is sent while it is off.')
    const room = await requireRoom(db, webhook.id)
    const wanted = ['failed', 'given_up', ...(body.delivered ? ['delivered' as const] : [])] as const
    const found = await db
      .rows('webhook_delivery')
      .where('webhook_delivery.webhook_id', '=', webhook.id)
      .where('webhook_delivery.status', 'in', wanted)
      .where('webhook_delivery.action', '<>', pingAction)
      .where(({ eb, fn }) =>
        eb(fn.coalesce('webhook_delivery.finished_at', 'webhook_delivery.created_at'), '>=', body.since),
      )
      .where('webhook_delivery.id', 'in', db.rows('audit').select('audit_event.id'))
      .select(deliveryColumns)
      .orderBy('webhook_delivery.id')
      .limit(room + 1)
      .execute()
    const again = found.slice(0, room)
    await replayAgain({ db, services, workspace, afterCommit }, webhook.id, again)
    return { count: again.length, more: found.length > again.length }
  },
})
