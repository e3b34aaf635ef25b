import type { Task } from '#client'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { statuses } from '#web/tasks/task.ts'

const dues = ['overdue', 'today', 'week', 'none'] as const
const sorts = ['position', 'due', 'updated', 'created', 'title'] as const

/** The filters in an address; what is not one is left out. */
export function readFilters(search: Record<string, unknown>): TaskFilters {
  const filters: TaskFilters = {}
  const status = list(search.status).filter(one => statuses.some(known => known === one))
  if (status.length > 0) filters.status = status.join(',')
  for (const name of ['assignee', 'creator', 'viewer', 'tag'] as const) {
    const ids = list(search[name]).filter(id => isId.test(id))
    if (ids.length > 0) filters[name] = ids.join(',')
  }
  const due = dues.find(known => known === search.due)
  if (due) filters.due = due
  if (typeof search.q === 'string' && search.q.trim()) filters.q = search.q.slice(0, 200)
  const sort = sorts.find(known => known === search.sort && known !== 'position')
  if (sort) filters.sort = sort
  return filters
}

/** Whether a task belongs in a list; undefined where only the server can tell. */
export function matches(filters: TaskFilters, task: Task): boolean | undefined {
  const within = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted.split(',').includes(value ?? 'none')
  if (!within(filters.project, task.projectId) || !within(filters.status, task.status)) return false
  if (!within(filters.parent, task.parentId) || !within(filters.priority, task.priority)) return false
  const { assignee, creator, viewer, due, q } = filters
  if (assignee && !assignee.includes('me') && !within(assignee, task.assigneeId)) return false
  if (filters.tag && !filters.tag.split(',').some(id => task.tagIds.includes(id))) return false
  return due || q || creator || viewer || assignee?.includes('me') ? undefined : true
}

export function hasFilters({ sort, project, parent, ...narrowing }: TaskFilters): boolean {
  return Object.values(narrowing).some(value => value !== undefined)
}

const isId = /^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

function list(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').filter(Boolean) : []
}

/** An address without filters; what orders the list stays. */
export const clearedFilters = {
  status: undefined,
  priority: undefined,
  assignee: undefined,
  creator: undefined,
  viewer: undefined,
  tag: undefined,
  due: undefined,
  q: undefined,
}
