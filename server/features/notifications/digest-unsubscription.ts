import Type from 'typebox'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { readUnsubscribeToken } from '#server/features/notifications/unsubscribe-token.ts'
import { problem } from '#server/http/problems.ts'
import { Id, object } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

export const unsubscribeParams = object({
  workspace: Id,
  token: Type.String({ maxLength: 200, pattern: '^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$' }),
})

/** Whose digests a link is about; a forged one, and one of a workspace that is gone, are not found. */
export async function requireSubscriber(
  services: Services,
  { workspace: workspaceId, token }: { workspace: string; token: string },
): Promise<{ workspace: WorkspaceAddress; memberId: string }> {
  const workspace = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  const memberId = workspace && readUnsubscribeToken(services, workspace.id, token)
  if (!memberId) throw problem('not-found', 'This link is not whole. Take it from the mail again.')
  return { workspace, memberId }
}
