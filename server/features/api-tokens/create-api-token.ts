import { sql } from 'kysely'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { type ApiToken, MadeApiToken, NewApiToken } from '#server/features/api-tokens/api-token.ts'
import { apiTokenColumns } from '#server/features/api-tokens/api-token-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import { isWithin, type PermissionLimits } from '#server/permissions/roles.ts'

export const createApiToken = operation({
  id: 'createApiToken',
  summary: 'Create an API token',
  description:
    'For yourself, in this workspace. Without `permissions` it may do all that you may; with them it never does more than ' +
    'you may at that moment. A token that is made with a token gets no more, and lives no longer, than that one, and is ' +
    'revoked together with it.',
  route: 'POST /api/workspaces/:workspace/api-tokens',
  needs: 'membership',
  params: inWorkspace(),
  body: NewApiToken,
  example: { name: 'Reports', permissions: { time_entry: { read: 'own' }, project: { read: 'project' } } },
  returns: MadeApiToken,
  status: 201,
  async run({ db, body }) {
    if (body.permissions && !isWithin(body.permissions, db.access.permissions)) {
      throw problem('forbidden', 'A token cannot do more than you may.', {
        errors: [{ pointer: '/permissions', message: 'go beyond your own' }],
      })
    }
    const { permissions, expiresAt } = await limitsOf(db, body)
    const [id, token] = [uuid7(), apiToken()]
    await db.insert('api_token', {
      id,
      member_id: db.access.memberId,
      name: body.name,
      token_hash: hashToken(token),
      expires_at: expiresAt,
      permissions: permissions && JSON.stringify(permissions),
      made_with: db.access.tokenId,
    })
    const made = await db
      .rows('api_token')
      .where('api_token.id', '=', id)
      .select(apiTokenColumns)
      // By the clock that ends it: the database's, whose tables every statement asks whether the token is good.
      .select(sql<boolean>`coalesce(api_token.expires_at <= now(), false)`.as('isPast'))
      .executeTakeFirstOrThrow()
    const { isPast, ...shown } = made
    if (isPast) throw fieldProblem('/expiresAt', 'must be in the future', 'rule-broken')
    return { ...(shown as ApiToken), token }
  },
})

type Limits = { permissions: PermissionLimits | null; expiresAt: string | null }

async function limitsOf(
  db: Writer,
  { permissions = null, expiresAt = null }: { permissions?: PermissionLimits | null; expiresAt?: string | null },
): Promise<Limits> {
  if (!db.access.tokenId) return { permissions, expiresAt }
  // Locked until the new one is there, so that revoking this one does not miss it.
  const own = await db.require('api_token', db.access.tokenId)
  if (own.revoked_at) throw problem('not-signed-in')
  if (own.expires_at && expiresAt && Temporal.Instant.compare(expiresAt, own.expires_at) > 0) {
    throw fieldProblem(
      '/expiresAt',
      `must not be after ${own.expires_at}, when the token that asks expires`,
      'rule-broken',
    )
  }
  return {
    permissions: permissions ?? (own.permissions as PermissionLimits | null),
    expiresAt: expiresAt ?? own.expires_at,
  }
}
