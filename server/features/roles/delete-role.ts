import { roleProblems } from '#server/features/roles/role.ts'
import { requireWithinOwn } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteRole = operation({
  id: 'deleteRole',
  summary: 'Delete a role',
  description: 'Refused as long as a member or an open invitation has it.',
  route: 'DELETE /api/workspaces/:workspace/roles/:role',
  needs: { resource: 'role', action: 'write' },
  params: inWorkspace('role'),
  problems: roleProblems,
  async run({ db, params, request, problem }) {
    const role = await db.require('role', params.role, 'write', request.ifMatch)
    if (role.builtin) throw problem('built-in-role')
    requireWithinOwn(db, role)
    await db.remove('role', 'write').where('role.id', '=', role.id).execute()
    return undefined
  },
})
