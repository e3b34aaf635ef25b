import { queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

type Question = Parameters<typeof api.explainPermission>[0]['query']

/** Why somebody may do something, or may not. What it hangs on is anywhere, so it is asked anew each time. */
export const explanationQuery = (workspace: string, question: Question) =>
  queryOptions({
    queryKey: keyIn(workspace, 'role', 'explain', question),
    queryFn: ({ signal }) => api.explainPermission({ path: { workspace }, query: question, signal }),
    staleTime: 0,
    gcTime: 0,
  })
