import { AuditEvent, auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'
import { requireTask } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listTaskHistory = operation({
  id: 'listTaskHistory',
  summary: 'What happened to a task',
  description:
    'Its changes, comments and attachments, newest first, for everyone who may read the task. From where others did it ' +
    '(`address`) is told to those who may read the whole audit.',
  route: 'GET /api/workspaces/:workspace/tasks/:task/history',
  needs: { resource: 'task', action: 'read' },
  params: inWorkspace('task'),
  query: object(listQuery),
  returns: page(AuditEvent),
  async run({ db, params, query, services, workspace }) {
    await requireTask(db, params.task)
    const found = await listPage(
      { services, workspace, query },
      `history/${params.task}`,
      [{ ref: 'audit_event.id', type: 'uuid', descending: true }],
      ({ after, order, keys, limit }) =>
        db
          .rows('history')
          .where(after)
          .where('audit_event.task_id', '=', params.task)
          .select(auditColumns)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    const { memberId, permissions } = db.access
    const isTold = (event: AuditEvent) => permissions.audit.read === 'all' || event.memberId === memberId
    const items = found.items.map(toAuditEvent)
    return { ...found, items: items.map(event => (isTold(event) ? event : { ...event, address: null })) }
  },
})
