import { Member } from '#server/features/members/member.ts'
import { requireMember } from '#server/features/members/member-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getMember = operation({
  id: 'getMember',
  summary: 'Read a member',
  description: 'Everyone may read themselves.',
  route: 'GET /api/workspaces/:workspace/members/:member',
  needs: 'membership',
  params: inWorkspace('member'),
  returns: Member,
  run: ({ db, params }) => requireMember(db, params.member),
})
