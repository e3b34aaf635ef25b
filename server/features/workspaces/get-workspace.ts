import { Workspace } from '#server/features/workspaces/workspace.ts'
import { requireWorkspace } from '#server/features/workspaces/workspace-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getWorkspace = operation({
  id: 'getWorkspace',
  summary: 'Read a workspace',
  route: 'GET /api/workspaces/:workspace',
  needs: { resource: 'workspace', action: 'read' },
  params: inWorkspace(),
  returns: Workspace,
  whileClosing: true,
  run: ({ db, services }) => requireWorkspace(services, db),
})
