import { AuditEvent, auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'
import {
  auditFilters,
  needsLeaves,
  newestSealed,
  whereColumns,
  whereUnsealed,
} from '#server/features/audit/audit-filters.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listAuditEvents = operation({
  id: 'listAuditEvents',
  summary: 'List audit events',
  description:
    'Every change in the workspace, newest first. Filters narrow one another; `since` is included, `until` is not.',
  route: 'GET /api/workspaces/:workspace/audit-events',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace(),
  query: object({ ...listQuery, ...auditFilters }),
  returns: page(AuditEvent),
  // Indexes: the primary key, audit_event_entity, _task, _member and _token, all of which end with the id; and
  // audit_leaf_found, beside which the few events that are not sealed yet are looked through.
  async run({ db, query, services, workspace }) {
    const keys = [{ ref: 'audit_event.id', type: 'uuid', descending: true }] as const
    const found = await listPage(
      { services, workspace, query },
      'audit-events',
      keys,
      async ({ after, order, keys: cursorKeys, limit }) => {
        const rows = () =>
          db.rows('audit').where(after).select(auditColumns).select(cursorKeys).orderBy(order).limit(limit)
        if (!needsLeaves(query)) return whereColumns(rows(), query).execute()
        // In this order: what is sealed in between is found twice rather than not at all.
        const unsealed = await whereUnsealed(whereColumns(rows(), query)).execute()
        return newest([...unsealed, ...(await newestSealed(rows, query, after, limit))], limit)
      },
    )
    return { ...found, items: found.items.map(toAuditEvent) }
  },
})

function newest<T extends { id: string }>(events: readonly T[], limit: number): T[] {
  const each = new Map(events.map(event => [event.id, event]))
  return [...each.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit)
}
