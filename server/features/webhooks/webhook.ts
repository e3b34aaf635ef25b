import { randomBytes } from 'node:crypto'
import Type, { type Static } from 'typebox'
import type { Config } from '#server/config/config.ts'
import { auditedActions } from '#server/features/audit/audit-event.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { changes, Id, Instant, nullable, object, oneOf, Version } from '#server/http/schemas.ts'
import { checkUrl, RefusedDestinationError } from '#server/outbound/check-destination.ts'

const Url = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: 'https, port 443, an address of the public internet',
})
export const Actions = Type.Array(oneOf(auditedActions), {
  maxItems: 100,
  uniqueItems: true,
  description:
    "The audit actions that it is told of; none: all but what happens to members' accounts (`member.signed_in`, …), " +
    'which is sent only where it is named',
})
const Active = Type.Boolean({
  description: 'Switched off by itself after three days of failures; switching on goes on where it stopped',
})
export const LastStatus = nullable(Type.String({ description: 'What came of the last attempt' }))

export const Webhook = Type.Object(
  {
    id: Id,
    url: Url,
    actions: Type.Array(Type.String()),
    active: Active,
    lastStatus: LastStatus,
    failures: Type.Integer({ description: 'Attempts that failed since one succeeded' }),
    retryAt: nullable(Instant),
    previousSecretUntil: nullable(
      Type.String({ format: 'date-time', description: 'Until when the secret before this one signs too' }),
    ),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'Webhook' },
)
export type Webhook = Static<typeof Webhook>

const secret = Type.String({ description: '`whsec_…` (Standard Webhooks): shown now and never again' })
export const WebhookWithSecret = Type.Object({ ...Webhook.properties, secret }, { $id: 'WebhookWithSecret' })
export const NewWebhook = object(
  { url: Url, actions: Type.Optional(Actions), active: Type.Optional(Active) },
  { $id: 'NewWebhook' },
)
export const WebhookChanges = changes({ url: Url, actions: Actions, active: Active })

/** A signing secret of Standard Webhooks: 24 to 64 random bytes. https://www.standardwebhooks.com */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** Refuses an address that would never be dialled; names are resolved and checked at each delivery. */
export function requireUrl(config: Config, url: string | undefined): void {
  try {
    if (url !== undefined) checkUrl(config, url)
  } catch (error) {
    if (error instanceof RefusedDestinationError) throw fieldProblem('/url', error.message, 'rule-broken')
    throw error
  }
}
