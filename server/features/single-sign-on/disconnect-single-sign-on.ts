import { forgetProvider, requireSignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const disconnectSingleSignOn = operation({
  id: 'disconnectSingleSignOn',
  summary: 'Disconnect the identity provider',
  description:
    'Its domains go with it, and the sessions that it vouched for end. The members stay: whoever has no password yet ' +
    'gets one by resetting it.',
  route: 'DELETE /api/workspaces/:workspace/single-sign-on',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  async run({ db, request, services, workspace }) {
    const { id } = await requireSignOn(services, db, request.ifMatch)
    await db.remove('sign_on', 'write').where('sign_on.id', '=', id).execute()
    // Only the commit comes after it.
    await services.platform.transact(async platform => {
      await platform.deleteFrom('sign_on_domain').where('workspace_id', '=', workspace.id).execute()
      await forgetProvider(platform, workspace.id)
    })
    return undefined
  },
})
