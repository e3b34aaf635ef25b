import type { TaskFilters } from '#web/queries/tasks.ts'
import { readFilters } from '#web/tasks/task-filters.ts'

/** What a project's page shows, as it stands in the address: layout, filters, and the task beside them. */
export type ProjectSearch = Omit<TaskFilters, 'project'> & { layout?: 'board'; task?: string }

export function readProjectSearch(search: Record<string, unknown>): ProjectSearch {
  const { project: _, ...filters } = readFilters(search)
  const layout = search.layout === 'board' ? { layout: 'board' as const } : {}
  return { ...filters, ...layout, ...(typeof search.task === 'string' ? { task: search.task } : {}) }
}

export function filtersOf({ layout: _, task: __, ...filters }: ProjectSearch): TaskFilters {
  return filters
}
