import { infiniteQueryOptions } from '@tanstack/react-query'
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
