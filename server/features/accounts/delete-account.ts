import pg from 'pg'
import type { Origin } from '#server/database/workspaces.ts'
import { accountDeletedMail } from '#server/features/accounts/account-deleted-mail.ts'
import { leaveWorkspace } from '#server/features/members/leave-workspace.ts'
import { clearSessionCookie } from '#server/features/sessions/session-queries.ts'
import { removeMembership } from '#server/features/workspaces/directory-queries.ts'
import { accountOperation, type Caller } from '#server/http/operation.ts'
import { ProblemError, type ProblemTable } from '#server/http/problems.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'last-admin': { status: 409, title: 'A workspace keeps at least one active admin' },
} as const satisfies ProblemTable

export const deleteAccount = accountOperation({
  id: 'deleteAccount',
  summary: 'Delete your account',
  description:
    'Leaves every workspace, as `deleteMember` with your own id does, and removes the account with its sessions, factors ' +
    'and settings. Refused as long as you are the last admin of a workspace: `workspaces` in the answer names them.',
  route: 'DELETE /api/account',
  needsProof: true,
  problems,
  async run({ caller, request, services, answer, problem }) {
    const memberships = await membershipsOf(services, caller)
    // Tried everywhere before it is done anywhere: a refusal leaves all as it was.
    const refused = await namesWhereRefused(services, memberships, request.origin)
    if (refused.length > 0) {
      const detail = `You are the last admin of ${refused.join(', ')}: make somebody else an admin there, or delete it.`
      throw problem('last-admin', detail, { members: { workspaces: refused } })
    }
    for (const { memberId, ...workspace } of memberships) {
      const left = services.workspaces.transact(workspace, { memberId }, request.origin, async db => {
        await leaveWorkspace(db)
        // Only the commit comes after it: the directory lets nobody in whom the workspace no longer knows.
        await removeMembership(services.platform.db, workspace.id, memberId)
      })
      await left.catch(unlessGone)
    }
    const mailId = await services.platform.transact(async db => {
      await db.deleteFrom('account').where('id', '=', caller.accountId).execute()
      return writeMail(db, services, accountDeletedMail(services.config, caller))
    })
    await sendMailLater(services, mailId)
    clearSessionCookie(services, answer)
    return undefined
  },
})

type Membership = { id: string; slug: string; schema: string; loginKey: number; memberId: string }

// Broken ones too: their answer is 503, and the account stays until they can be left.
function membershipsOf({ platform }: Services, { accountId }: Caller): Promise<Membership[]> {
  return platform.db
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
    .select([
      'workspace.id',
      'workspace.slug',
      'workspace.schema',
      'workspace.login_key as loginKey',
      'membership.member_id as memberId',
    ])
    .where('membership.account_id', '=', accountId)
    .where('workspace.status', 'in', ['active', 'broken'])
    .orderBy('workspace.slug')
    .execute()
}

class Tried extends Error {}

async function namesWhereRefused(
  { workspaces }: Services,
  memberships: Membership[],
  origin: Origin,
): Promise<string[]> {
  const refused: string[] = []
  for (const { memberId, ...workspace } of memberships) {
    const attempt = workspaces.transact(workspace, { memberId }, origin, async db => {
      await leaveWorkspace(db)
      throw new Tried()
    })
    await attempt.catch(error => {
      if (isLastAdmin(error)) refused.push(workspace.slug)
      else if (!(error instanceof Tried)) unlessGone(error)
    })
  }
  return refused
}

// Somebody who was removed or deactivated there just now has nothing to leave.
function unlessGone(error: unknown): void {
  if (!(error instanceof ProblemError && error.code === 'not-found')) throw error
}

function isLastAdmin(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.constraint === 'workspace_keeps_an_admin'
}
