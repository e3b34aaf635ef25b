import type { Selectable } from 'kysely'
import Type, { type Static } from 'typebox'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Id, Instant, nullable, oneOf } from '#server/http/schemas.ts'

export type StoredDelivery = Selectable<WorkspaceTables['webhook_delivery']>

/** What a test event is called; it is in no history. */
export const pingAction = 'webhook.ping'

export const statuses = ['pending', 'delivered', 'failed', 'given_up'] as const
export const Status = oneOf(statuses, {
  description:
    '`pending`: asked for again, and not sent yet; `delivered`; `failed`: tried again at `nextAttemptAt`, before all ' +
    'that comes after it; `given_up`: not tried again by itself',
})

const responseStatus = nullable(Type.Integer({ description: 'The HTTP status of the answer; null: there was none' }))
const error = nullable(Type.String({ description: 'Why there was no answer' }))
const durationMs = Type.Integer({ description: 'From resolving the name to the end of the answer' })

const Attempt = Type.Object({
  at: Instant,
  durationMs,
  responseStatus,
  answer: nullable(Type.String({ description: 'The first KiB of what the receiver answered' })),
  error,
})

export const WebhookDelivery = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'The `webhook-id` of each attempt: the id of the audit event' }),
    webhookId: Id,
    action: Type.String({ description: 'The audit action, or `webhook.ping` for a test event' }),
    status: Status,
    attemptCount: Type.Integer({ minimum: 1 }),
    lastAttemptAt: Instant,
    responseStatus,
    error,
    durationMs,
    nextAttemptAt: nullable(Instant),
    createdAt: Type.String({ format: 'date-time', description: 'When it was sent for the first time' }),
    finishedAt: nullable(Instant),
  },
  { $id: 'WebhookDelivery' },
)
export type WebhookDelivery = Static<typeof WebhookDelivery>

const Request = Type.Object({
  url: Type.String(),
  headers: Type.Record(Type.String(), Type.String(), {
    description: 'Those of the last attempt, without the signature',
  }),
  body: Type.String({ description: 'As it would be sent now: what was erased from the history is not in it' }),
})

export const WebhookDeliveryDetail = Type.Object(
  {
    ...WebhookDelivery.properties,
    request: nullable(Request),
    attempts: Type.Array(Attempt, { description: 'The last 20, the oldest first' }),
  },
  { $id: 'WebhookDeliveryDetail' },
)
export type WebhookDeliveryDetail = Static<typeof WebhookDeliveryDetail>

export const replayProblems = {
  'webhook-off': { status: 409, title: 'The webhook is switched off' },
  'event-gone': { status: 410, title: 'The event is no longer in the history' },
} as const satisfies ProblemTable
