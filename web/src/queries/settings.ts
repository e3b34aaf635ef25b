import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { WebhookDelivery } from '#client'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

type DeliveryStatus = WebhookDelivery['status']

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

export const deliveriesQuery = (workspace: string, webhook: string, status: DeliveryStatus | undefined) =>
  infiniteQueryOptions({
    queryKey: keyIn(workspace, 'webhook', 'deliveries', webhook, status ?? 'all'),
    queryFn: ({ pageParam, signal }) =>
      api.listWebhookDeliveries({
        path: { workspace, webhook },
        query: { status, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
    // That something was sent is no event; what waits is looked at more often.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'pending')) ? 2000 : 15_000,
  })

export const deliveryQuery = (workspace: string, { webhookId, id, attemptCount }: WebhookDelivery) =>
  queryOptions({
    queryKey: keyIn(workspace, 'webhook', 'delivery', webhookId, id, attemptCount),
    queryFn: ({ signal }) => api.getWebhookDelivery({ path: { workspace, webhook: webhookId, delivery: id }, signal }),
  })

export const integrationsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'integration', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listIntegrations({ path: { workspace }, query: { limit: 200, cursor }, signal })),
    refetchInterval: 30_000,
  })
