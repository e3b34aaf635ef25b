import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import { auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'
import { pingAction, type WebhookDelivery, type WebhookDeliveryDetail } from '#server/features/webhooks/delivery.ts'
import { type Message, messageOf, timestampOf } from '#server/features/webhooks/send-webhook.ts'
import { problem } from '#server/http/problems.ts'
import type { Attempt } from '#server/outbound/attempt.ts'
import { jsonHeaders } from '#server/outbound/post.ts'
import { userAgent } from '#server/outbound/send-out.ts'

const last = sql`webhook_delivery.attempts -> -1`

export const deliveryColumns = [
  'webhook_delivery.id',
  'webhook_delivery.webhook_id as webhookId',
  'webhook_delivery.action',
  'webhook_delivery.status',
  'webhook_delivery.attempt_count as attemptCount',
  sql<string>`${last} ->> 'at'`.as('lastAttemptAt'),
  sql<number | null>`(${last} ->> 'responseStatus')::integer`.as('responseStatus'),
  sql<string | null>`${last} ->> 'error'`.as('error'),
  sql<number>`(${last} ->> 'durationMs')::integer`.as('durationMs'),
  'webhook_delivery.next_attempt_at as nextAttemptAt',
  'webhook_delivery.created_at as createdAt',
  'webhook_delivery.finished_at as finishedAt',
] as const

/** One delivery with what was sent and what came of it, or the problem that there is none. */
export async function requireDelivery(db: Reader, webhook: { id: string; url: string }, id: string) {
  const found = await db
    .rows('webhook_delivery')
    .where('webhook_delivery.webhook_id', '=', webhook.id)
    .where('webhook_delivery.id', '=', id)
    .select(deliveryColumns)
    .select('webhook_delivery.attempts')
    .executeTakeFirst()
  if (!found) throw problem('not-found')
  const message = await findMessage(db, webhook.id, found)
  return {
    ...found,
    attempts: found.attempts as Attempt[],
    request: message ? requestOf(webhook.url, message, found.lastAttemptAt) : null,
  } satisfies WebhookDeliveryDetail
}

/** What a delivery says, made from its event anew; undefined: the event has left the history. */
export async function findMessage(
  db: Reader,
  webhook: string,
  { id, action, createdAt }: Pick<WebhookDelivery, 'id' | 'action' | 'createdAt'>,
): Promise<Message | undefined> {
  if (action === pingAction) return pingOf(webhook, id, createdAt)
  const event = await db.rows('audit').where('audit_event.id', '=', id).select(auditColumns).executeTakeFirst()
  return event && messageOf(toAuditEvent(event))
}

/** A test event. It says nothing that the receiver does not know. */
export function pingOf(webhookId: string, id: string, at: string): Message {
  return { id, body: JSON.stringify({ type: pingAction, timestamp: at, data: { webhookId } }) }
}

function requestOf(url: string, { id, body }: Message, at: string) {
  const headers = {
    ...jsonHeaders,
    'User-Agent': userAgent,
    'webhook-id': id,
    'webhook-timestamp': timestampOf(Date.parse(at)),
  }
  return { url, headers, body }
}
