import { deleteMemberLock } from '#server/features/member-locks/delete-member-lock.ts'
import { listMemberLocks } from '#server/features/member-locks/list-member-locks.ts'
import type { Feature } from '#server/http/operation.ts'

export const memberLocks: Feature = {
  name: 'member-locks',
  description: 'Members who cannot sign in for a while, because somebody tried too often.',
  operations: [listMemberLocks, deleteMemberLock],
}
