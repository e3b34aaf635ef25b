import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

/** The caller's running timer; null where none runs. */
export const timerQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'time_entry', 'timer'),
    queryFn: async ({ signal }) => (await api.getTimer({ path: { workspace }, signal })) ?? null,
  })

/** The caller's own entries of some days, newest first. */
export const myTimeQuery = (workspace: string, from: string, until: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'time_entry', 'mine', from, until),
    queryFn: ({ signal }) =>
      allPages(cursor =>
        api.listTimeEntries({ path: { workspace }, query: { member: 'me', from, until, limit: 200, cursor }, signal }),
      ),
  })

/** The entries of a task that the caller may read, newest first. */
export const taskTimeQuery = (workspace: string, task: string) =>
  infiniteQueryOptions({
    queryKey: keyIn(workspace, 'time_entry', 'task', task),
    queryFn: ({ pageParam, signal }) =>
      api.listTimeEntries({ path: { workspace }, query: { task, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
  })

export type ReportFilters = NonNullable<Parameters<typeof api.getTimeReport>[0]['query']>

export const timeReportQuery = (workspace: string, filters: ReportFilters) =>
  queryOptions({
    queryKey: keyIn(workspace, 'time_entry', 'report', filters),
    queryFn: ({ signal }) => api.getTimeReport({ path: { workspace }, query: filters, signal }),
  })
