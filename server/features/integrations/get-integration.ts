import { Integration } from '#server/features/integrations/integration.ts'
import { requireIntegration } from '#server/features/integrations/integration-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getIntegration = operation({
  id: 'getIntegration',
  summary: 'Read an integration',
  route: 'GET /api/workspaces/:workspace/integrations/:integration',
  needs: { resource: 'integration', action: 'read' },
  params: inWorkspace('integration'),
  returns: Integration,
  run: ({ db, params, services, workspace }) => requireIntegration(db, services, workspace, params.integration),
})
