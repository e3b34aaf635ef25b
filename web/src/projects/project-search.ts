import type { TaskFilters } from '#web/queries/tasks.ts'
import { openStatuses } from '#web/tasks/task.ts'
import { readFilters } from '#web/tasks/task-filters.ts'

/** What a project's page shows, as it stands in the address: layout, filters, and the task beside them. */
export type ProjectSearch = Omit<TaskFilters, 'project'> & { layout?: 'board'; task?: string; closed?: true }

export function readProjectSearch(search: Record<string, unknown>): ProjectSearch {
  const { project: _, ...filters } = readFilters(search)
  const closed = search.closed === true ? { closed: true as const } : {}
  const layout = search.layout === 'board' ? { layout: 'board' as const } : {}
  return { ...filters, ...layout, ...closed, ...(typeof search.task === 'string' ? { task: search.task } : {}) }
}

/** The filters only. Read again, because the router also hands on whatever else somebody put into the address. */
export function filtersOf(search: ProjectSearch): TaskFilters {
  return readFilters(search)
}

/** What the list shows: what is open, unless statuses are chosen or what is closed is asked for too. */
export function listedStatuses({ status, closed }: ProjectSearch): Pick<TaskFilters, 'status'> {
  if (status) return { status }
  return closed ? {} : { status: openStatuses.join(',') }
}
