import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { Member } from '#server/features/members/member.ts'
import { problem } from '#server/http/problems.ts'

/** What the caller sees of a member: guests see nobody's e-mail address but their own. */
export function memberColumns({ access }: Reader) {
  const email = access.guest
    ? sql<string | null>`case when member.id = ${access.memberId} then member.email end`.as('email')
    : sql<string | null>`member.email`.as('email')
  return [
    'member.id',
    'member.name',
    email,
    'member.role_id as roleId',
    'member.active',
    'member.created_at as createdAt',
    'member.updated_at as updatedAt',
    'member.version',
  ] as const
}

/** One member, or the problem that there is none that the caller may read. */
export async function requireMember(db: Reader, id: string): Promise<Member> {
  const found = await db.rows('member').where('member.id', '=', id).select(memberColumns(db)).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}

/** What every member may do to themselves, an API token may do only when it was given all that its member may. */
export async function refuseNarrowedToken(db: Reader): Promise<void> {
  const { tokenId } = db.access
  if (!tokenId) return
  const token = await db
    .rows('api_token')
    .where('api_token.id', '=', tokenId)
    .select('api_token.permissions')
    .executeTakeFirst()
  if (token?.permissions !== null) throw problem('forbidden', 'This API token may do only what it was given.')
}
