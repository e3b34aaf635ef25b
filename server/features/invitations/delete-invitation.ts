import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteInvitation = operation({
  id: 'deleteInvitation',
  summary: 'Revoke an invitation',
  description: 'Its link no longer works.',
  route: 'DELETE /api/workspaces/:workspace/invitations/:invitation',
  needs: { resource: 'member', action: 'write' },
  params: inWorkspace('invitation'),
  async run({ db, params, request }) {
    const invitation = await db.require('invitation', params.invitation, 'write', request.ifMatch)
    await db.remove('invitation', 'write').where('invitation.id', '=', invitation.id).execute()
    return undefined
  },
})
