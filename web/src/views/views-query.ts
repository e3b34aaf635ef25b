import { queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

/** One's own views, and those that others share. */
export const viewsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'saved_view', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listViews({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })
