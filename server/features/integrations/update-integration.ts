import { Integration, IntegrationChanges, requireAddress } from '#server/features/integrations/integration.ts'
import { requireIntegration, tokenField } from '#server/features/integrations/integration-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateIntegration = operation({
  id: 'updateIntegration',
  summary: 'Change an integration',
  description: 'Any change clears its failures, so that the next attempt is made at once.',
  route: 'PATCH /api/workspaces/:workspace/integrations/:integration',
  needs: { resource: 'integration', action: 'write' },
  params: inWorkspace('integration'),
  body: IntegrationChanges,
  example: { name: '#website-2027' },
  returns: Integration,
  async run({ db, params, body, request, services, workspace }) {
    const { id } = await db.require('integration', params.integration, 'write', request.ifMatch)
    const { url, ...values } = body
    const token =
      url === undefined
        ? {}
        : { token: services.sealer.seal(tokenField(workspace, id), requireAddress(services.config, url)) }
    await db
      .update('integration', 'write')
      .set({ ...values, ...token, failures: 0, retry_at: null })
      .where('integration.id', '=', id)
      .execute()
    return requireIntegration(db, services, workspace, id)
  },
})
