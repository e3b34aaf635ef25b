import { AuditEvent, auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getAuditEvent = operation({
  id: 'getAuditEvent',
  summary: 'Read an audit event',
  route: 'GET /api/workspaces/:workspace/audit-events/:event',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace('event'),
  returns: AuditEvent,
  async run({ db, params, problem }) {
    const found = await db
      .rows('audit')
      .where('audit_event.id', '=', params.event)
      .select(auditColumns)
      .executeTakeFirst()
    if (!found) throw problem('not-found')
    return toAuditEvent(found)
  },
})
