import { Integration } from '#server/features/integrations/integration.ts'
import { integrationColumns, showIntegration } from '#server/features/integrations/integration-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listIntegrations = operation({
  id: 'listIntegrations',
  summary: 'List integrations',
  route: 'GET /api/workspaces/:workspace/integrations',
  needs: { resource: 'integration', action: 'read' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(Integration),
  async run({ db, query, services, workspace }) {
    const keys = [{ ref: 'integration.id', type: 'uuid' }] as const
    const found = await listPage(
      { services, workspace, query },
      'integrations',
      keys,
      ({ after, order, keys: cursorKeys, limit }) =>
        db
          .rows('integration')
          .where(after)
          .select(integrationColumns)
          .select(cursorKeys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    return { ...found, items: found.items.map(row => showIntegration(services, workspace, row)) }
  },
})
