import { queryOptions } from '@tanstack/react-query'
import { ApiProblem } from '#client'
import { allPages, api } from '#web/api.ts'

/** Who is signed in, and their workspaces; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  meta: { nameless: true },
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    try {
      return await api.getSession({ signal })
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null
      throw error
    }
  },
})

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) =>
    allPages(cursor => api.listSessions({ query: { limit: 100, ...(cursor ? { cursor } : {}) }, signal })),
})
