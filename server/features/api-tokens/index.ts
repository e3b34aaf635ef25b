import { createApiToken } from '#server/features/api-tokens/create-api-token.ts'
import { deleteApiToken } from '#server/features/api-tokens/delete-api-token.ts'
import { listApiTokens } from '#server/features/api-tokens/list-api-tokens.ts'
import type { Feature } from '#server/http/operation.ts'

export const apiTokens: Feature = {
  name: 'api-tokens',
  description: 'For scripts: each belongs to one member of one workspace, and may be given less than its member may.',
  operations: [listApiTokens, createApiToken, deleteApiToken],
}
