import Type from 'typebox'
import { TimeEntry } from '#server/features/time-entries/time-entry.ts'
import { betweenDays, timeEntryColumns } from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { commaList, Day, inWorkspace, listQuery, object, page, uuidPattern } from '#server/http/schemas.ts'

export const listTimeEntries = operation({
  id: 'listTimeEntries',
  summary: 'List time entries',
  description: 'Newest start first. Those who may read only their own time get only that. A day is that of the start.',
  route: 'GET /api/workspaces/:workspace/time-entries',
  needs: { resource: 'time_entry', action: 'read' },
  params: inWorkspace(),
  query: object({
    ...listQuery,
    member: Type.Optional(commaList(`${uuidPattern}|me`, 'Members: ids or `me`, comma-separated')),
    project: Type.Optional(commaList(uuidPattern, 'Project ids')),
    task: Type.Optional(commaList(uuidPattern, 'Task ids')),
    from: Type.Optional(Day),
    until: Type.Optional(Day),
    billable: Type.Optional(Type.Boolean()),
  }),
  returns: page(TimeEntry),
  run({ db, query, services, workspace }) {
    const now = services.clock.now()
    const keys = [
      { ref: 'time_entry.started_at', type: 'timestamptz', notNull: true, descending: true },
      { ref: 'time_entry.id', type: 'uuid', descending: true },
    ] as const
    return listPage({ services, workspace, query }, 'time-entries', keys, ({ after, order, keys: cursor, limit }) => {
      let rows = db.rows('time_entry').where(after).where(betweenDays(query.from, query.until))
      const members = query.member?.split(',').map(id => (id === 'me' ? db.access.memberId : id))
      if (members) rows = rows.where('time_entry.member_id', 'in', members)
      if (query.project) rows = rows.where('time_entry.project_id', 'in', query.project.split(','))
      if (query.task) rows = rows.where('time_entry.task_id', 'in', query.task.split(','))
      if (query.billable !== undefined) rows = rows.where('time_entry.billable', '=', query.billable)
      return rows.select(timeEntryColumns(now)).select(cursor).orderBy(order).limit(limit).execute()
    })
  },
})
