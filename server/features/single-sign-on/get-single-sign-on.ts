import { findSingleSignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import { SingleSignOn } from '#server/features/single-sign-on/single-sign-on.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getSingleSignOn = operation({
  id: 'getSingleSignOn',
  summary: 'Read how members sign in elsewhere',
  description: '204 when no identity provider is connected.',
  route: 'GET /api/workspaces/:workspace/single-sign-on',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  returns: SingleSignOn,
  mayBeEmpty: true,
  async run({ db, services }) {
    const found = await findSingleSignOn(services, db)
    if (!found) return undefined
    const { id: _, ...signOn } = found
    return signOn
  },
})
