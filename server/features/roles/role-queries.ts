import type { Reader } from '#server/database/door.ts'
import type { Role } from '#server/features/roles/role.ts'
import { problem } from '#server/http/problems.ts'
import { isWithin, type Permissions } from '#server/permissions/roles.ts'

export const roleColumns = [
  'role.id',
  'role.name',
  'role.builtin',
  'role.guest',
  'role.permissions',
  'role.created_at as createdAt',
  'role.updated_at as updatedAt',
  'role.version',
] as const

/** One role, or the problem that there is none that the caller may read. */
export async function requireRole(db: Reader, id: string): Promise<Role> {
  const found = await db.rows('role').where('role.id', '=', id).select(roleColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found as Role
}

/**
 * Refuses a matrix that goes beyond the caller's own: nobody gives away, or takes from others, more than they have.
 * Whoever is a guest reaches less with the same matrix than one who is not.
 */
export function requireWithinOwn(
  { access }: Reader,
  { guest, permissions }: { guest: boolean; permissions: unknown },
): void {
  if (isWithin(permissions as Permissions, access.permissions) && (guest || !access.guest)) return
  throw problem('forbidden', 'The role may do more than you may: ask somebody who may do all of it.')
}

/** A role that the caller may give to somebody, or take from them. */
export async function requireGivableRole(db: Reader, roleId: string, pointer = '/roleId'): Promise<void> {
  await db.requireAll('role', [roleId], pointer)
  requireWithinOwn(db, await requireRole(db, roleId))
}
