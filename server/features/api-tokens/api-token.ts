import Type, { type Static } from 'typebox'
import { PermissionPart } from '#server/features/roles/index.ts'
import { Id, Instant, nullable, object, text, Version } from '#server/http/schemas.ts'

const Name = text(100, 1)

export const ApiToken = Type.Object(
  {
    id: Id,
    memberId: Id,
    name: Name,
    permissions: Type.Union([PermissionPart, Type.Null()], { description: 'null: all that its member may' }),
    createdAt: Instant,
    expiresAt: nullable(
      Type.String({ format: 'date-time', description: "By the database's clock; null: until revoked" }),
    ),
    revokedAt: nullable(Instant),
    lastUsedAt: nullable(Type.String({ format: 'date-time', description: 'To within five minutes' })),
    lastUsedNetwork: nullable(Type.String({ description: 'IPv4 /24 or IPv6 /64' })),
    madeWith: nullable(
      Type.String({
        format: 'uuid',
        description: 'The token that made this one: it is revoked together with that one',
      }),
    ),
    version: Version,
  },
  { $id: 'ApiToken' },
)
export type ApiToken = Static<typeof ApiToken>

export const NewApiToken = object(
  { name: Name, permissions: Type.Optional(PermissionPart), expiresAt: Type.Optional(Instant) },
  { $id: 'NewApiToken' },
)
export const MadeApiToken = Type.Object(
  { ...ApiToken.properties, token: Type.String({ description: 'Shown this once' }) },
  { $id: 'MadeApiToken' },
)
