import type { Reader } from '#server/database/door.ts'
import type { PermissionLimits } from '#server/permissions/roles.ts'

export const apiTokenColumns = [
  'api_token.id',
  'api_token.member_id as memberId',
  'api_token.name',
  'api_token.permissions',
  'api_token.created_at as createdAt',
  'api_token.expires_at as expiresAt',
  'api_token.version',
] as const

/** What limits the token that the request came with; undefined: the request came without one. */
export async function findOwnLimits({
  access,
  rows,
}: Reader): Promise<{ permissions: PermissionLimits | null; expiresAt: string | null } | undefined> {
  if (!access.tokenId) return undefined
  const row = await rows('api_token')
    .where('api_token.id', '=', access.tokenId)
    .select(['api_token.permissions', 'api_token.expires_at as expiresAt'])
    .executeTakeFirst()
  return row as { permissions: PermissionLimits | null; expiresAt: string | null } | undefined
}
