import { queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

export const apiTokensQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'api_token', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listApiTokens({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })

/** With the revoked ones, for their names: history goes on speaking of them. */
export const allApiTokensQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'api_token', 'all'),
    queryFn: ({ signal }) =>
      allPages(cursor =>
        api.listApiTokens({ path: { workspace }, query: { revoked: true, limit: 200, cursor }, signal }),
      ),
  })

export const webhooksQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'webhook', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listWebhooks({ path: { workspace }, query: { limit: 200, cursor }, signal })),
    // What came of the last attempt is no event.
    refetchInterval: 30_000,
  })

export const integrationsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'integration', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listIntegrations({ path: { workspace }, query: { limit: 200, cursor }, signal })),
    refetchInterval: 30_000,
  })
