import { AuditCheckpoint, toAuditCheckpoint } from '#server/features/audit/audit-checkpoint.ts'
import { checkpointColumns } from '#server/features/audit/tree-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listAuditCheckpoints = operation({
  id: 'listAuditCheckpoints',
  summary: 'List the signed checkpoints of the history',
  description:
    'Newest first. Each says which tree the history was at that moment, and all of them are consistent with one another. ' +
    'One that is kept elsewhere shows any change of what came before it: see `proveAuditConsistency`.',
  route: 'GET /api/workspaces/:workspace/audit-checkpoints',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(AuditCheckpoint),
  // The index is the primary key.
  async run({ db, query, services, workspace }) {
    const keys = [{ ref: 'audit_checkpoint.size', type: 'bigint', descending: true, notNull: true }] as const
    const found = await listPage(
      { services, workspace, query },
      'audit-checkpoints',
      keys,
      ({ after, order, keys: cursorKeys, limit }) =>
        db
          .rows('audit_checkpoint')
          .where(after)
          .select(checkpointColumns)
          .select(cursorKeys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    return { ...found, items: found.items.map(toAuditCheckpoint) }
  },
})
