import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

/** What happened to a task, newest first. It grows with all that belongs to the task, so it follows the events. */
export const taskHistoryQuery = (workspace: string, id: string) =>
  infiniteQueryOptions({
    queryKey: keyIn(workspace, 'audit_event', 'task', id),
    queryFn: ({ pageParam, signal }) =>
      api.listTaskHistory({ path: { workspace, task: id }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
  })
