import { queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

/** The comments of a task, oldest first. */
export const commentsQuery = (workspace: string, task: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'comment', 'of', task),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listComments({ path: { workspace, task }, query: { limit: 200, cursor }, signal })),
  })
