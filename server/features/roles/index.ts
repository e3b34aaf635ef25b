import { createRole } from '#server/features/roles/create-role.ts'
import { deleteRole } from '#server/features/roles/delete-role.ts'
import { getRole } from '#server/features/roles/get-role.ts'
import { listRoles } from '#server/features/roles/list-roles.ts'
import { updateRole } from '#server/features/roles/update-role.ts'
import type { Feature } from '#server/http/operation.ts'

export { PermissionMatrix, PermissionPart, Role } from '#server/features/roles/role.ts'

export const roles: Feature = {
  name: 'roles',
  description: 'What members may do: a matrix of resource, action and scope. Four are built in.',
  operations: [listRoles, createRole, getRole, updateRole, deleteRole],
}
