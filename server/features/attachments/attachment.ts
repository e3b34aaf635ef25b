import Type, { type Static } from 'typebox'
import { Id, Instant, nullable, Version } from '#server/http/schemas.ts'

export const Attachment = Type.Object(
  {
    id: Id,
    taskId: Id,
    creatorId: nullable(Id),
    name: Type.String(),
    mediaType: Type.String({ description: 'What the content proved to be, not what the sender said' }),
    sizeBytes: Type.Integer({ minimum: 0 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    createdAt: Instant,
    version: Version,
  },
  { $id: 'Attachment' },
)
export type Attachment = Static<typeof Attachment>
