import { findOwnLimits } from '#server/features/api-tokens/api-token-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteApiToken = operation({
  id: 'deleteApiToken',
  summary: 'Revoke an API token',
  description:
    "One's own; with the permission `member.write`, anybody's. A token with permissions of its own revokes only itself.",
  route: 'DELETE /api/workspaces/:workspace/api-tokens/:token',
  needs: 'membership',
  params: inWorkspace('token'),
  async run({ db, params, request, services, problem }) {
    const token = await db.require('api_token', params.token, 'write', request.ifMatch)
    if (token.revoked_at) throw problem('not-found')
    const own = await findOwnLimits(db)
    if (own?.permissions && token.id !== db.access.tokenId) throw problem('forbidden')
    await db
      .update('api_token', 'write')
      .set({ revoked_at: services.clock.now().toString(), version: token.version + 1 })
      .where('api_token.id', '=', token.id)
      .execute()
    return undefined
  },
})
