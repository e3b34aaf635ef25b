import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { sessionQuery, sessionsQuery } from '#web/queries/session.ts'

export const secondFactorsQuery = queryOptions({
  queryKey: ['second-factors'],
  queryFn: ({ signal }) => api.getSecondFactors({ signal }),
})

/** What happened to one's account, newest first. */
export const securityEventsQuery = infiniteQueryOptions({
  queryKey: ['security-events'],
  queryFn: ({ pageParam, signal }) =>
    api.listSecurityEvents({ query: { limit: 25, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: page => page.nextCursor ?? undefined,
})

/** After a change of what one signs in with: other sessions may have ended, and it is an event. */
export async function refreshSecurity(queryClient: QueryClient): Promise<void> {
  const changed = [secondFactorsQuery, sessionQuery, sessionsQuery, securityEventsQuery]
  await Promise.all(changed.map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
}
