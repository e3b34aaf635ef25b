import { sql } from 'kysely'
import { MemberLock } from '#server/features/member-locks/member-lock.ts'
import { findLockedMembers } from '#server/features/sessions/locks.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listMemberLocks = operation({
  id: 'listMemberLocks',
  summary: 'List members who are locked out',
  description:
    'By name. Somebody tried their password or a code of their second factor too often. The lock ends by itself, and ' +
    'does not keep them out of a browser in which they signed in before.',
  route: 'GET /api/workspaces/:workspace/member-locks',
  needs: { resource: 'member', action: 'write' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(MemberLock),
  async run({ db, query, services, workspace }) {
    const locks = await findLockedMembers(services, workspace.id)
    const locked = new Map(locks.map(lock => [lock.memberId, lock]))
    const found = await listPage(
      { services, workspace, query },
      'member-locks',
      [
        { ref: 'member.name', type: 'text', notNull: true },
        { ref: 'member.id', type: 'uuid' },
      ],
      ({ after, order, keys, limit }) =>
        db
          .rows('member', 'write')
          .where(sql<boolean>`member.id = any(${[...locked.keys()]}::uuid[])`)
          .where(after)
          .select('member.id as memberId')
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    return { ...found, items: found.items.map(({ memberId }) => locked.get(memberId)!) }
  },
})
