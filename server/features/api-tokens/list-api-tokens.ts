import Type from 'typebox'
import { ApiToken } from '#server/features/api-tokens/api-token.ts'
import { apiTokenColumns } from '#server/features/api-tokens/api-token-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listApiTokens = operation({
  id: 'listApiTokens',
  summary: 'List API tokens',
  description:
    "One's own; with the permission `member.write`, everybody's. Expired ones are in it until they are revoked.",
  route: 'GET /api/workspaces/:workspace/api-tokens',
  needs: 'membership',
  params: inWorkspace(),
  query: object({
    ...listQuery,
    revoked: Type.Optional(Type.Boolean({ description: 'Also those that were revoked' })),
  }),
  returns: page(ApiToken),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      query.revoked ? 'api-tokens/revoked' : 'api-tokens',
      [{ ref: 'api_token.id', type: 'uuid' }],
      async ({ after, order, keys, limit }) => {
        let tokens = db.rows('api_token')
        if (!query.revoked) tokens = tokens.where('api_token.revoked_at', 'is', null)
        const rows = await tokens
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
