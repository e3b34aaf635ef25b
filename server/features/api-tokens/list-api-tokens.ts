import { ApiToken } from '#server/features/api-tokens/api-token.ts'
import { apiTokenColumns } from '#server/features/api-tokens/api-token-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listApiTokens = operation({
  id: 'listApiTokens',
  summary: 'List API tokens',
  description: "One's own; with the permission `member.write`, everybody's. Revoked ones are left out.",
  route: 'GET /api/workspaces/:workspace/api-tokens',
  needs: 'membership',
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(ApiToken),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'api-tokens',
      [{ ref: 'api_token.id', type: 'uuid' }],
      async ({ after, order, keys, limit }) => {
        const rows = await db
          .rows('api_token')
          .where('api_token.revoked_at', 'is', null)
          .where(after)
          .select(apiTokenColumns)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute()
        return rows as ApiToken[]
      },
    ),
})
