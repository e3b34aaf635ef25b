export const apiTokenColumns = [
  'api_token.id',
  'api_token.member_id as memberId',
  'api_token.name',
  'api_token.permissions',
  'api_token.created_at as createdAt',
  'api_token.expires_at as expiresAt',
  'api_token.revoked_at as revokedAt',
  'api_token.last_used_at as lastUsedAt',
  'api_token.last_used_network as lastUsedNetwork',
  'api_token.made_with as madeWith',
  'api_token.version',
] as const
