import { AuditErasure } from '#server/features/audit-erasures/audit-erasure.ts'
import { erasureRows } from '#server/features/audit-erasures/audit-erasure-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listAuditErasures = operation({
  id: 'listAuditErasures',
  summary: 'List erasures from the history',
  description: 'The newest first.',
  route: 'GET /api/workspaces/:workspace/audit-erasures',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(AuditErasure),
  async run({ db, query, services, workspace }) {
    await db.requirePlaces('audit_erasure', [])
    return listPage(
      { services, workspace, query },
      'audit-erasures',
      [{ ref: 'audit_erasure.id', type: 'uuid', descending: true }],
      async ({ after, order, keys, limit }) =>
        (await erasureRows(db).where(after).select(keys).orderBy(order).limit(limit).execute()) as AuditErasure[],
    )
  },
})
