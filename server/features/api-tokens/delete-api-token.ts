import { sql } from 'kysely'
import type { Writer } from '#server/database/door.ts'
import { refuseNarrowedToken } from '#server/features/members/member-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteApiToken = operation({
  id: 'deleteApiToken',
  summary: 'Revoke an API token',
  description:
    "One's own; with the permission `member.write`, anybody's. A token with permissions of its own revokes only itself. " +
    'Whatever was made with the token goes too, and what was made with that.',
  route: 'DELETE /api/workspaces/:workspace/api-tokens/:token',
  needs: 'membership',
  params: inWorkspace('token'),
  async run({ db, params, request, problem }) {
    const token = await db.require('api_token', params.token, 'write', request.ifMatch)
    if (token.revoked_at) throw problem('not-found')
    if (token.id !== db.access.tokenId) await refuseNarrowedToken(db)
    // Until there is none: one that was being made meanwhile, with a token that is revoked here, shows only afterwards.
    while ((await revokeWithAllBelow(db, token.id)) > 0n);
    return undefined
  },
})

// Whoever got hold of a token may have made others with it.
async function revokeWithAllBelow(db: Writer, id: string): Promise<bigint> {
  const { numUpdatedRows } = await db
    .update('api_token', 'write')
    .set({ revoked_at: sql`now()`, version: sql`api_token.version + 1` })
    .where(isOrDescendsFrom(id))
    .where('api_token.revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows
}

function isOrDescendsFrom(id: string) {
  return sql<boolean>`api_token.id in (
    with recursive made as (
      select ${id}::uuid as id
      union select child.id from api_token child join made on child.made_with = made.id)
    select made.id from made)`
}
