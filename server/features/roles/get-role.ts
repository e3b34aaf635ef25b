import { Role } from '#server/features/roles/role.ts'
import { requireRole } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getRole = operation({
  id: 'getRole',
  summary: 'Read a role',
  description: 'Everyone may read their own; the others with the permission `role.read`.',
  route: 'GET /api/workspaces/:workspace/roles/:role',
  needs: 'membership',
  params: inWorkspace('role'),
  returns: Role,
  run: ({ db, params }) => requireRole(db, params.role),
})
