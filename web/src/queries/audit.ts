import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { type AuditSearch, toAuditQuery } from '#web/audit/audit-search.ts'
import { keyIn } from '#web/queries/keys.ts'

export const auditEventsQuery = (workspace: string, search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: keyIn(workspace, 'audit_event', 'list', search),
    queryFn: ({ pageParam, signal }) =>
      api.listAuditEvents({
        path: { workspace },
        query: { ...toAuditQuery(search), limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
  })

/** How far the history is sealed and signed. */
export const auditStatusQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'audit_event', 'status'),
    queryFn: ({ signal }) => api.getAuditStatus({ path: { workspace }, signal }),
    refetchInterval: 15_000,
  })

/** The newest signed roots. */
export const auditCheckpointsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'audit_event', 'checkpoints'),
    queryFn: ({ signal }) => api.listAuditCheckpoints({ path: { workspace }, query: { limit: 20 }, signal }),
  })

/** The newest exports; asked for again and again while one is being made. */
export const auditExportsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'audit_export', 'list'),
    queryFn: ({ signal }) => api.listAuditExports({ path: { workspace }, query: { limit: 10 }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnfinished) ? 1000 : false),
  })

const isUnfinished = ({ status }: { status: string }) => status === 'waiting' || status === 'running'
