import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Import } from '#client'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

export const importsQuery = (workspace: string) =>
  infiniteQueryOptions({
    queryKey: keyIn(workspace, 'import', 'list'),
    queryFn: ({ pageParam, signal }) =>
      api.listImports({ path: { workspace }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
  })

/** An import; while it is not finished it is looked at again every second. */
export const importQuery = (workspace: string, id: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'import', 'one', id),
    queryFn: ({ signal }) => api.getImport({ path: { workspace, import: id }, signal }),
    refetchInterval: query => (query.state.data && !isFinished(query.state.data) ? 1000 : false),
  })

export function isFinished({ status }: Pick<Import, 'status'>): boolean {
  return status === 'done' || status === 'failed'
}
