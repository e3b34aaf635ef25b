import { Me } from '#server/features/members/member.ts'
import { requireMember } from '#server/features/members/member-queries.ts'
import { requireRole } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getMe = operation({
  id: 'getMe',
  summary: 'Read who you are in a workspace',
  description:
    '`permissions` is what the request may do: those of the role, with an API token never more than the token was given. ' +
    'It tells whether you may keep a workspace that is closing.',
  route: 'GET /api/workspaces/:workspace/me',
  needs: 'membership',
  params: inWorkspace(),
  returns: Me,
  whileClosing: true,
  async run({ db }) {
    const { memberId, roleId, permissions } = db.access
    const [member, role] = await Promise.all([requireMember(db, memberId), requireRole(db, roleId)])
    return { member, role, permissions }
  },
})
