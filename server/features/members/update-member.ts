import type { Selectable } from 'kysely'
import type { Writer } from '#server/database/door.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { Member, MemberChanges } from '#server/features/members/member.ts'
import { refuseNarrowedToken, requireMember } from '#server/features/members/member-queries.ts'
import { requireGivableRole } from '#server/features/roles/role-queries.ts'
import { putMembership, removeMembership } from '#server/features/workspaces/directory-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

export const updateMember = operation({
  id: 'updateMember',
  summary: 'Change a member',
  description:
    'Everyone may change their own name; the rest needs the permission `member.write`. Nobody gives a role that may do ' +
    'more than they may themselves, or changes one who has such a role. Deactivating ends all access with the next request.',
  route: 'PATCH /api/workspaces/:workspace/members/:member',
  needs: 'membership',
  params: inWorkspace('member'),
  body: MemberChanges,
  example: { name: 'Mia Janssens' },
  returns: Member,
  async run({ db, params, body, request, services, workspace }) {
    const rule = ruleFor(db, params.member, body)
    if (body.roleId !== undefined || body.active !== undefined) await db.holdAdmins()
    const member = await db.require('member', params.member, rule, request.ifMatch)
    if (rule === 'self') await refuseNarrowedToken(db)
    if (params.member !== db.access.memberId || body.roleId !== undefined || body.active !== undefined)
      await requireGivableRole(db, member.role_id)
    if (body.roleId !== undefined) await requireGivableRole(db, body.roleId)
    const { roleId, ...values } = body
    await db
      .update('member', rule)
      .set({ ...values, ...(roleId ? { role_id: roleId } : {}) })
      .where('member.id', '=', member.id)
      .execute()
    const result = await requireMember(db, member.id)
    if (body.active !== undefined && body.active !== member.active)
      await followInDirectory(services, workspace.id, member, body.active)
    return result
  },
})

function ruleFor(
  { access }: Writer,
  id: string,
  { roleId, active }: { roleId?: string; active?: boolean },
): 'self' | 'write' {
  const isOwnName = id === access.memberId && roleId === undefined && active === undefined
  return isOwnName && access.permissions.member.write === 'none' ? 'self' : 'write'
}

// Only the commit comes after it. Should that fail, the person is kept out, or let in to nothing, until it is repeated.
async function followInDirectory(
  { platform }: Services,
  workspaceId: string,
  member: Selectable<WorkspaceTables['member']>,
  active: boolean,
): Promise<void> {
  if (!active) return removeMembership(platform.db, workspaceId, member.id)
  if (member.account_id)
    await putMembership(platform.db, { accountId: member.account_id, workspaceId, memberId: member.id })
}
