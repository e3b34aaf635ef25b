import { findAccountByEmail } from '#server/features/accounts/account-queries.ts'
import { OpenInvitation, tokenParams } from '#server/features/invitations/invitation.ts'
import { requireInvited } from '#server/features/invitations/invitation-queries.ts'
import { publicOperation } from '#server/http/operation.ts'

export const getOpenInvitation = publicOperation({
  id: 'getOpenInvitation',
  summary: 'Read an invitation by its link',
  route: 'GET /api/invitations/:workspace/:token',
  params: tokenParams,
  returns: OpenInvitation,
  async run({ params, services }) {
    const { workspace, invited } = await requireInvited(services, params.workspace, params.token)
    const account = await findAccountByEmail(services.platform.db, invited.email)
    const { email, inviterName, expiresAt, workspaceName } = invited
    return {
      workspace: { name: workspaceName, slug: workspace.slug },
      email,
      inviterName,
      hasAccount: account !== undefined,
      expiresAt,
    }
  },
})
