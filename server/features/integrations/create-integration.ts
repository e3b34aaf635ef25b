import { uuid7 } from '#server/crypto/uuid7.ts'
import { oldestRunning } from '#server/events/follow.ts'
import { Integration, NewIntegration, requireAddress } from '#server/features/integrations/integration.ts'
import { requireIntegration, tokenField } from '#server/features/integrations/integration-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createIntegration = operation({
  id: 'createIntegration',
  summary: 'Tell a chat room what happens',
  description:
    'Posts a sentence for each event to an incoming webhook of Slack, Mattermost or Teams. Only for those who may read ' +
    'the whole audit log.',
  route: 'POST /api/workspaces/:workspace/integrations',
  needs: { resource: 'integration', action: 'write' },
  params: inWorkspace(),
  body: NewIntegration,
  example: {
    kind: 'slack',
    name: '#website',
    url: 'https://hooks.slack.com/services/T000/B000/XXXX',
    actions: ['task.created', 'comment.created'],
  },
  returns: Integration,
  status: 201,
  async run({ db, body, services, workspace }) {
    const address = requireAddress(services.config, body.url)
    const id = uuid7()
    await db.insert('integration', {
      id,
      kind: body.kind,
      name: body.name,
      actions: body.actions ?? [],
      active: body.active ?? true,
      token: services.sealer.seal(tokenField(workspace, id), address),
      sent_xid: oldestRunning,
    } as never)
    return requireIntegration(db, services, workspace, id)
  },
})
