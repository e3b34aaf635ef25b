import type { Kysely } from 'kysely'
import { hashToken } from '#server/crypto/token.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/index.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

export const invitationColumns = [
  'invitation.id',
  'invitation.email',
  'invitation.role_id as roleId',
  'invitation.inviter_id as inviterId',
  'invitation.created_at as createdAt',
  'invitation.expires_at as expiresAt',
  'invitation.version',
] as const

type Invited = {
  id: string
  email: string
  inviterName: string | null
  expiresAt: string
  workspaceName: string
  plan: 'starter' | 'pro' | 'business'
}

/** The open invitation of a token. No such workspace, no such token, expired, accepted, revoked: the same 404. */
export async function requireInvited(
  services: Services,
  slug: string,
  token: string,
): Promise<{ workspace: WorkspaceAddress; invited: Invited }> {
  const workspace = await findWorkspaceBySlug(services, slug)
  const now = services.clock.now().toString()
  const invited = workspace && (await services.workspaces.system(workspace, db => findInvited(db, token, now)))
  if (!workspace || !invited) throw invitationGone()
  return { workspace, invited }
}

export function invitationGone() {
  return problem('not-found', 'The invitation was used or revoked, or has expired. Ask for a new one.')
}

// The token is random and looked up by its hash, so the time of the look-up tells nothing about it.
function findInvited(db: Kysely<WorkspaceTables>, token: string, now: string): Promise<Invited | undefined> {
  return db
    .selectFrom('invitation')
    .innerJoin('workspace', join => join.onTrue())
    .leftJoin('member', 'member.id', 'invitation.inviter_id')
    .where('invitation.token_hash', '=', hashToken(token))
    .where('invitation.expires_at', '>', now)
    .select([
      'invitation.id',
      'invitation.email',
      'member.name as inviterName',
      'invitation.expires_at as expiresAt',
      'workspace.name as workspaceName',
      'workspace.plan',
    ])
    .executeTakeFirst()
}
