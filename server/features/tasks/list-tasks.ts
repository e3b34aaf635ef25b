import { sql } from 'kysely'
import Type from 'typebox'
import { priorities, statuses, Task } from '#server/features/tasks/task.ts'
import { selectTasks } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage, type SortKey } from '#server/http/paging.ts'
import { commaList, Day, inWorkspace, listQuery, object, oneOf, page, text, uuidPattern } from '#server/http/schemas.ts'

// Every order ends with the id, which makes it unique; the indexes are task_position, task_due and task_updated.
const orders = {
  position: [{ ref: 'task.position', type: 'float8', notNull: true, field: 'position' }],
  due: [{ ref: 'task.due_on', type: 'date', field: 'dueOn' }],
  updated: [{ ref: 'task.updated_at', type: 'timestamptz', notNull: true, descending: true, field: 'updatedAt' }],
  created: [],
  title: [{ ref: 'task.title', type: 'text', notNull: true, field: 'title' }],
} as const satisfies Record<string, readonly SortKey[]>

const members = (what: string) =>
  Type.Optional(commaList(`${uuidPattern}|none|me`, `${what}: ids, \`me\` or \`none\`, comma-separated`))

export const listTasks = operation({
  id: 'listTasks',
  summary: 'List tasks',
  description: 'Filters narrow one another; values within one filter widen it.',
  route: 'GET /api/workspaces/:workspace/tasks',
  needs: { resource: 'task', action: 'read' },
  params: inWorkspace(),
  query: object({
    ...listQuery,
    project: Type.Optional(commaList(uuidPattern, 'Project ids')),
    status: Type.Optional(commaList(statuses.join('|'), 'Statuses')),
    priority: Type.Optional(commaList(priorities.join('|'), 'Priorities')),
    assignee: members('Assignees'),
    creator: members('Creators'),
    viewer: members('Viewers'),
    tag: Type.Optional(commaList(uuidPattern, 'Tag ids')),
    parent: Type.Optional(commaList(`${uuidPattern}|none`, 'Parent tasks: ids or `none`, comma-separated')),
    due: Type.Optional(
      oneOf(['overdue', 'today', 'week', 'none'], {
        description: 'Open tasks that are overdue, due today, due within 7 days, or without a date',
      }),
    ),
    dueFrom: Type.Optional(Day),
    dueUntil: Type.Optional(Day),
    q: Type.Optional(text(200, 1, 'Words in title and description')),
    sort: Type.Optional(oneOf(Object.keys(orders) as (keyof typeof orders)[], { default: 'position' })),
  }),
  returns: page(Task),
  run({ db, query, services, workspace }) {
    const sort = query.sort ?? 'position'
    const keys: SortKey[] = [
      ...orders[sort],
      { ref: 'task.id', type: 'uuid', descending: sort === 'updated', field: 'id' },
    ]
    return listPage(
      { services, workspace, query },
      `tasks/${sort}`,
      keys,
      ({ after, order, keys: cursorKeys, limit }) => {
        let rows = db.rows('task').where(after)
        const me = db.access.memberId
        const member = (list: string) => list.split(',').map(id => (id === 'me' ? me : id))
        if (query.project) rows = rows.where('task.project_id', 'in', query.project.split(','))
        if (query.status) rows = rows.where('task.status', 'in', query.status.split(',') as (typeof statuses)[number][])
        if (query.priority)
          rows = rows.where('task.priority', 'in', query.priority.split(',') as (typeof priorities)[number][])
        if (query.assignee) rows = rows.where(oneOfIds('task.assignee_id', member(query.assignee)))
        if (query.creator) rows = rows.where(oneOfIds('task.creator_id', member(query.creator)))
        if (query.parent) rows = rows.where(oneOfIds('task.parent_id', query.parent.split(',')))
        if (query.viewer) rows = rows.where(viewedBy(member(query.viewer)))
        if (query.tag) {
          rows = rows.where(
            sql<boolean>`exists (select from task_tag t where t.task_id = task.id and t.tag_id = any(${query.tag.split(',')}::uuid[]))`,
          )
        }
        if (query.due) rows = rows.where(dueWithin(query.due, services.clock.today()))
        if (query.dueFrom) rows = rows.where('task.due_on', '>=', query.dueFrom)
        if (query.dueUntil) rows = rows.where('task.due_on', '<=', query.dueUntil)
        if (query.q) rows = rows.where(sql<boolean>`task.search @@ websearch_to_tsquery('simple', ${query.q})`)
        return selectTasks(rows).select(cursorKeys).orderBy(order).limit(limit).execute()
      },
    )
  },
})

const open = sql`task.status not in ('done', 'cancelled')`

function dueWithin(due: 'overdue' | 'today' | 'week' | 'none', today: Temporal.PlainDate) {
  if (due === 'none') return sql<boolean>`task.due_on is null and ${open}`
  if (due === 'overdue') return sql<boolean>`task.due_on < ${today.toString()} and ${open}`
  const until = due === 'today' ? today : today.add({ days: 6 })
  return sql<boolean>`task.due_on between ${today.toString()} and ${until.toString()} and ${open}`
}

function viewedBy(ids: string[]) {
  const named = ids.filter(id => id !== 'none')
  const isViewed = sql<boolean>`exists (select from task_viewer v where v.task_id = task.id and v.member_id = any(${named}::uuid[]))`
  if (!ids.includes('none')) return isViewed
  return sql<boolean>`(${isViewed} or not exists (select from task_viewer v where v.task_id = task.id))`
}

function oneOfIds(column: string, ids: string[]) {
  const named = ids.filter(id => id !== 'none')
  const isNamed = sql<boolean>`${sql.ref(column)} = any(${named}::uuid[])`
  return ids.includes('none') ? sql<boolean>`(${isNamed} or ${sql.ref(column)} is null)` : isNamed
}
