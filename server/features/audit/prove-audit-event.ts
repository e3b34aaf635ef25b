import { sql } from 'kysely'
import Type from 'typebox'
import { leafOf, saltsByField } from '#server/audit-log/leaf.ts'
import { proveInclusion } from '#server/audit-log/proofs.ts'
import { Base64, Size } from '#server/features/audit/audit-checkpoint.ts'
import { auditProblems } from '#server/features/audit/audit-problems.ts'
import { leafColumns, leafParts } from '#server/features/audit/leaf-rows.ts'
import { findNewestCheckpoint, tileReader } from '#server/features/audit/tree-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

const commitments = { type: 'object', additionalProperties: Base64 }

const AuditProof = Type.Object(
  {
    index: Type.Integer({ description: 'Which leaf the event is, from 0' }),
    size: Size,
    leafHash: Base64,
    hashes: Type.Array(Base64, { description: 'From the leaf to the root (RFC 9162, section 2.1.3)' }),
    checkpoint: Type.String({ description: 'The signed note over `size` leaves' }),
    salts: Type.Unsafe<Record<string, string>>({
      ...commitments,
      description: 'Of each field, what its value is hashed with (docs/audit-format.md)',
    }),
    erased: Type.Unsafe<Record<string, string>>({
      ...commitments,
      description: 'The commitments to those of `memberName`, `tokenName`, `address` and `reason` that were erased',
    }),
  },
  { $id: 'AuditProof' },
)

export const proveAuditEvent = operation({
  id: 'proveAuditEvent',
  summary: 'Prove that an event is in the signed history',
  description:
    'With the event as `getAuditEvent` shows it, this is all that is needed to recompute the root that the newest ' +
    'checkpoint signs; docs/audit-format.md says how. An event is signed for about a minute after it happened: ' +
    'before, the answer is 409.',
  route: 'GET /api/workspaces/:workspace/audit-events/:event/proof',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace('event'),
  returns: AuditProof,
  problems: auditProblems,
  async run({ db, params, problem }) {
    const found = await db
      .rows('audit')
      .where('audit_event.id', '=', params.event)
      .select(leafColumns)
      .select(sql<number | null>`(select l.index from audit_leaf l where l.event_id = audit_event.id)`.as('index'))
      .executeTakeFirst()
    if (!found) throw problem('not-found')
    const { index, ...row } = found
    const newest = await findNewestCheckpoint(() => db.rows('audit_checkpoint'))
    if (index === null || !newest || newest.size <= index)
      throw problem('not-signed-yet', 'Ask again in a minute: the event is too new to be signed for.', {
        retryAfterSeconds: 60,
      })
    const { event, salts, erased } = leafParts(row)
    const hashes = await proveInclusion(
      index,
      newest.size,
      tileReader(() => db.rows('audit_tile')),
    )
    return {
      ...{ index, size: newest.size, checkpoint: newest.note },
      leafHash: leafOf(event, salts, erased).toString('base64'),
      hashes: hashes.map(hash => hash.toString('base64')),
      ...{ salts: saltsByField(event, salts), erased },
    }
  },
})
