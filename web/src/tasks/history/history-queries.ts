import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiProblem, type AuditEvent } from '#client'
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

// 2,000 changes: whoever looks for what came before names its moment.
const mostPages = 10

/** The newest changes of a task at once, newest first; of a deleted one, as far as the caller may read the audit. */
export const taskChangesQuery = (workspace: string, id: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'audit_event', 'changes', id),
    queryFn: async ({ signal }) => {
      try {
        return await somePages(query => api.listTaskHistory({ path: { workspace, task: id }, query, signal }))
      } catch (error) {
        if (!(error instanceof ApiProblem && error.status === 404)) throw error
        return somePages(query => api.listAuditEvents({ path: { workspace }, query: { ...query, taskId: id }, signal }))
      }
    },
  })

/** The task as it was. It changes no more, but for what is erased of it. */
export const taskAsOfQuery = (workspace: string, id: string, at: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'audit_event', 'as-of', id, at),
    queryFn: ({ signal }) => api.getTaskAsOf({ path: { workspace, task: id }, query: { at }, signal }),
  })

type Page = { items: AuditEvent[]; nextCursor: string | null }

async function somePages(load: (query: { limit: number; cursor?: string }) => Promise<Page>): Promise<AuditEvent[]> {
  const items: AuditEvent[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const found: Page = await load({ limit: 200, ...(cursor ? { cursor } : {}) })
    items.push(...found.items)
    cursor = found.nextCursor
    if (!cursor) break
  }
  return items
}
