import { uuid7 } from '#server/crypto/uuid7.ts'
import { NewRole, Role } from '#server/features/roles/role.ts'
import { requireRole, requireWithinOwn } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import { builtinRoles } from '#server/permissions/roles.ts'

const { permissions: memberPermissions } = builtinRoles.find(role => role.builtin === 'member')!

export const createRole = operation({
  id: 'createRole',
  summary: 'Create a role',
  description: 'With a whole matrix of permissions, none of which goes beyond your own.',
  route: 'POST /api/workspaces/:workspace/roles',
  needs: { resource: 'role', action: 'write' },
  params: inWorkspace(),
  body: NewRole,
  example: {
    name: 'Auditor',
    guest: false,
    permissions: { ...memberPermissions, audit: { read: 'all', export: 'all' } },
  },
  returns: Role,
  status: 201,
  async run({ db, body }) {
    const role = { id: uuid7(), name: body.name, guest: body.guest ?? false }
    requireWithinOwn(db, { ...role, permissions: body.permissions })
    await db.insert('role', { ...role, permissions: JSON.stringify(body.permissions) })
    return requireRole(db, role.id)
  },
})
