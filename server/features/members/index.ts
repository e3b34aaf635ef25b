import { deleteMember } from '#server/features/members/delete-member.ts'
import { getMe } from '#server/features/members/get-me.ts'
import { getMember } from '#server/features/members/get-member.ts'
import { listMembers } from '#server/features/members/list-members.ts'
import { updateMember } from '#server/features/members/update-member.ts'
import type { Feature } from '#server/http/operation.ts'

export const members: Feature = {
  name: 'members',
  description: 'The people of a workspace, each with a role.',
  operations: [getMe, listMembers, getMember, updateMember, deleteMember],
}
