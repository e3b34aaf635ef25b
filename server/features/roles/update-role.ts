import { Role, RoleChanges, roleProblems } from '#server/features/roles/role.ts'
import { requireRole, requireWithinOwn } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateRole = operation({
  id: 'updateRole',
  summary: 'Change a role',
  description: 'It counts for all its members with their next request. `permissions` replaces the whole matrix.',
  route: 'PATCH /api/workspaces/:workspace/roles/:role',
  needs: { resource: 'role', action: 'write' },
  params: inWorkspace('role'),
  body: RoleChanges,
  example: { name: 'Controller' },
  returns: Role,
  problems: roleProblems,
  async run({ db, params, body, request, problem }) {
    const role = await db.require('role', params.role, 'write', request.ifMatch)
    if (role.builtin) throw problem('built-in-role', 'Copy the role under another name and change the copy.')
    requireWithinOwn(db, role)
    requireWithinOwn(db, { guest: body.guest ?? role.guest, permissions: body.permissions ?? role.permissions })
    const { permissions, ...values } = body
    const matrix = permissions ? { permissions: JSON.stringify(permissions) } : {}
    await db
      .update('role', 'write')
      .set({ ...values, ...matrix })
      .where('role.id', '=', role.id)
      .execute()
    return requireRole(db, role.id)
  },
})
