import Type, { type Static } from 'typebox'
import type { Config } from '#server/config/config.ts'
import { Actions, LastStatus, requireUrl } from '#server/features/webhooks/webhook.ts'
import { changes, Id, Instant, nullable, object, oneOf, text, Version } from '#server/http/schemas.ts'

export const integrationKinds = ['slack', 'mattermost', 'teams'] as const
const Kind = oneOf(integrationKinds)
const Name = text(100, 1)
const Url = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: "The incoming webhook's address: whoever knows it may post, so it is never shown again",
})
const Active = Type.Boolean()

export const Integration = Type.Object(
  {
    id: Id,
    kind: Kind,
    name: Name,
    host: Type.String({ description: 'Where its messages go' }),
    actions: Type.Array(Type.String()),
    active: Active,
    lastStatus: LastStatus,
    failures: Type.Integer(),
    retryAt: nullable(Instant),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'Integration' },
)
export type Integration = Static<typeof Integration>

export const NewIntegration = object(
  { kind: Kind, name: Name, url: Url, actions: Type.Optional(Actions), active: Type.Optional(Active) },
  { $id: 'NewIntegration' },
)
export const IntegrationChanges = changes({ name: Name, url: Url, actions: Actions, active: Active })

/** The address as it is sealed. @throws a problem of the field when it would never be dialled. */
export function requireAddress(config: Config, url: string): string {
  requireUrl(config, url)
  return new URL(url).href
}
