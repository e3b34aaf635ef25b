import Type, { type Static } from 'typebox'
import { parseCheckpoint } from '#server/audit-log/checkpoint.ts'
import type { StoredCheckpoint } from '#server/features/audit/tree-queries.ts'
import { Instant } from '#server/http/schemas.ts'

export const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]+=*$', description: 'Base64 (RFC 4648, section 4)' })
export const Size = Type.Integer({ minimum: 0, description: 'How many leaves the tree has' })

export const AuditCheckpoint = Type.Object(
  {
    size: Size,
    rootHash: Type.String({ ...Base64, description: 'The root of the tree of as many leaves (RFC 9162), base64' }),
    note: Type.String({
      description: 'The signed note (C2SP tlog-checkpoint, Ed25519): keep it where we cannot reach',
    }),
    createdAt: Instant,
  },
  { $id: 'AuditCheckpoint' },
)
export type AuditCheckpoint = Static<typeof AuditCheckpoint>

export function toAuditCheckpoint({ size, note, createdAt }: StoredCheckpoint): AuditCheckpoint {
  const { root } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  return { size, rootHash: root.toString('base64'), note, createdAt }
}
