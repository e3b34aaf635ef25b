import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteIntegration = operation({
  id: 'deleteIntegration',
  summary: 'Delete an integration',
  route: 'DELETE /api/workspaces/:workspace/integrations/:integration',
  needs: { resource: 'integration', action: 'write' },
  params: inWorkspace('integration'),
  async run({ db, params, request }) {
    const { id } = await db.require('integration', params.integration, 'write', request.ifMatch)
    await db.remove('integration', 'write').where('integration.id', '=', id).execute()
    return undefined
  },
})
