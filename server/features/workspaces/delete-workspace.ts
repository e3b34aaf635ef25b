import { deleteWorkspaceSoon } from '#server/features/workspaces/delete-workspace-for.ts'
import { Slug } from '#server/features/workspaces/workspace.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'

export const deleteWorkspace = operation({
  id: 'deleteWorkspace',
  summary: 'Delete a workspace',
  description: 'With everything in it, its history included, for good. `confirm` repeats its slug.',
  route: 'DELETE /api/workspaces/:workspace',
  needs: { resource: 'workspace', action: 'write' },
  transaction: 'own',
  params: inWorkspace(),
  query: object({ confirm: Slug }),
  async run({ db, query, request, services, workspace }) {
    const row = await db.require('workspace', workspace.id, 'write', request.ifMatch)
    if (query.confirm !== row.slug)
      throw fieldProblem('/query/confirm', 'must repeat the slug of the workspace', 'rule-broken')
    await deleteWorkspaceSoon(services, workspace)
    return undefined
  },
})
