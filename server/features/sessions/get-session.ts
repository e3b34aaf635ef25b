import { signedIn } from '#server/features/accounts/account-queries.ts'
import { CurrentSession } from '#server/features/sessions/session.ts'
import { provedUntil } from '#server/http/authentication.ts'
import { accountOperation } from '#server/http/operation.ts'

export const getSession = accountOperation({
  id: 'getSession',
  summary: 'Read who is signed in',
  description: 'A session of a workspace’s identity provider sees that workspace only.',
  route: 'GET /api/session',
  returns: CurrentSession,
  anySession: true,
  async run({ caller, services }) {
    const { sessionId: id, secondFactor, workspaceId } = caller
    return {
      ...(await signedIn(services.platform.db, caller.accountId, workspaceId)),
      session: {
        id,
        secondFactor,
        workspaceId,
        provedUntil: provedUntil(caller).toString({ fractionalSecondDigits: 3 }),
      },
    }
  },
})
