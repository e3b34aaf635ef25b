import { queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

/** The workspace's identity provider; null: none is connected. */
export const signOnQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'sign_on', 'provider'),
    queryFn: async ({ signal }) => (await api.getSingleSignOn({ path: { workspace }, signal })) ?? null,
  })

export const signOnDomainsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'sign_on', 'domains'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listSignOnDomains({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })
