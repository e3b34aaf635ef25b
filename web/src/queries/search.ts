import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'

/** What the words are found in. Not by entity: its results are looked at for a moment only. */
export const searchQuery = (workspace: string, q: string) =>
  queryOptions({
    queryKey: ['w', workspace, 'search', q],
    enabled: q.length > 1,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.search({ path: { workspace }, query: { q, limit: 20 }, signal }),
  })
