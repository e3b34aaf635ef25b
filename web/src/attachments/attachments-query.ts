import { queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

export const attachmentsQuery = (workspace: string, task: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'attachment', 'of', task),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listAttachments({ path: { workspace, task }, query: { limit: 200, cursor }, signal })),
  })
