import { leaveWorkspace } from '#server/features/members/leave-workspace.ts'
import { memberProblems } from '#server/features/members/member.ts'
import { refuseNarrowedToken } from '#server/features/members/member-queries.ts'
import { requireGivableRole } from '#server/features/roles/role-queries.ts'
import { removeMembership } from '#server/features/workspaces/directory-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteMember = operation({
  id: 'deleteMember',
  summary: 'Remove a member, or leave',
  description:
    'Tasks and comments stay, without their author. Somebody with time entries is not removed, because their hours would ' +
    'be lost: deactivate them. With your own id you leave the workspace, which everyone may but its last admin; if you ' +
    'have time entries, you stay behind as an inactive member.',
  route: 'DELETE /api/workspaces/:workspace/members/:member',
  needs: 'membership',
  params: inWorkspace('member'),
  problems: memberProblems,
  async run({ db, params, request, services, workspace }) {
    const leaves = params.member === db.access.memberId
    const rule = leaves ? 'self' : 'write'
    await db.holdAdmins()
    const member = await db.require('member', params.member, rule, request.ifMatch)
    if (leaves) await refuseNarrowedToken(db)
    else await requireGivableRole(db, member.role_id)
    if (leaves) await leaveWorkspace(db)
    else await db.remove('member', 'write').where('member.id', '=', member.id).execute()
    // Only the commit comes after it: the directory lets nobody in whom the workspace no longer knows.
    await removeMembership(services.platform.db, workspace.id, member.id)
    return undefined
  },
})
