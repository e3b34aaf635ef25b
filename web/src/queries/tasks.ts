import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

export type TaskFilters = Omit<NonNullable<Parameters<typeof api.listTasks>[0]['query']>, 'cursor'>

export const tasksQuery = (workspace: string, filters: TaskFilters) =>
  infiniteQueryOptions({
    queryKey: keyIn(workspace, 'task', 'list', filters),
    queryFn: ({ pageParam, signal }) =>
      api.listTasks({ path: { workspace }, query: { ...filters, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
  })

export const taskQuery = (workspace: string, task: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'task', 'one', task),
    queryFn: ({ signal }) => api.getTask({ path: { workspace, task }, signal }),
  })
