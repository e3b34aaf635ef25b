import { Invitation } from '#server/features/invitations/invitation.ts'
import { invitationColumns } from '#server/features/invitations/invitation-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listInvitations = operation({
  id: 'listInvitations',
  summary: 'List open invitations',
  description: 'Expired ones too, until they are renewed or revoked.',
  route: 'GET /api/workspaces/:workspace/invitations',
  needs: { resource: 'member', action: 'write' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(Invitation),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'invitations',
      [{ ref: 'invitation.id', type: 'uuid' }],
      ({ after, order, keys, limit }) =>
        db.rows('invitation').where(after).select(invitationColumns).select(keys).orderBy(order).limit(limit).execute(),
    ),
})
