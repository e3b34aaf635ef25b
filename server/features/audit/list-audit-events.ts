import Type from 'typebox'
import {
  AuditEvent,
  auditColumns,
  auditedActions,
  auditedEntities,
  toAuditEvent,
} from '#server/features/audit/audit-event.ts'
import { firstIdAt } from '#server/features/audit/audit-event-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { Id, Instant, inWorkspace, listQuery, object, oneOf, page } from '#server/http/schemas.ts'

export const listAuditEvents = operation({
  id: 'listAuditEvents',
  summary: 'List audit events',
  description:
    'Every change in the workspace, newest first. Filters narrow one another; `since` is included, `until` is not.',
  route: 'GET /api/workspaces/:workspace/audit-events',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace(),
  query: object({
    ...listQuery,
    entity: Type.Optional(oneOf(auditedEntities)),
    entityId: Type.Optional(Id),
    taskId: Type.Optional(Id),
    action: Type.Optional(oneOf(auditedActions)),
    memberId: Type.Optional(Id),
    tokenId: Type.Optional(Type.String({ format: 'uuid', description: 'What was done with this API token' })),
    since: Type.Optional(Instant),
    until: Type.Optional(Instant),
  }),
  returns: page(AuditEvent),
  // Indexes: the primary key, audit_event_entity, _task, _member and _token, all of which end with the id.
  async run({ db, query, services, workspace }) {
    const keys = [{ ref: 'audit_event.id', type: 'uuid', descending: true }] as const
    const found = await listPage(
      { services, workspace, query },
      'audit-events',
      keys,
      ({ after, order, keys: cursorKeys, limit }) => {
        let rows = db.rows('audit').where(after)
        if (query.entity) rows = rows.where('audit_event.entity', '=', query.entity)
        if (query.entityId) rows = rows.where('audit_event.entity_id', '=', query.entityId)
        if (query.taskId) rows = rows.where('audit_event.task_id', '=', query.taskId)
        if (query.action) rows = rows.where('audit_event.action', '=', query.action)
        if (query.memberId) rows = rows.where('audit_event.member_id', '=', query.memberId)
        if (query.tokenId) rows = rows.where('audit_event.token_id', '=', query.tokenId)
        // The id is made a moment after `at` or before it; the exact bound is on `at`.
        if (query.since)
          rows = rows
            .where('audit_event.id', '>=', firstIdAt(query.since, -1000))
            .where('audit_event.at', '>=', query.since)
        if (query.until)
          rows = rows
            .where('audit_event.id', '<', firstIdAt(query.until, 1000))
            .where('audit_event.at', '<', query.until)
        return rows.select(auditColumns).select(cursorKeys).orderBy(order).limit(limit).execute()
      },
    )
    return { ...found, items: found.items.map(toAuditEvent) }
  },
})
