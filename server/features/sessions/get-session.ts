import { SignedIn } from '#server/features/accounts/account.ts'
import { signedIn } from '#server/features/accounts/account-queries.ts'
import { accountOperation } from '#server/http/operation.ts'

export const getSession = accountOperation({
  id: 'getSession',
  summary: 'Read who is signed in',
  route: 'GET /api/session',
  returns: SignedIn,
  anySession: true,
  run: ({ caller, services }) => signedIn(services.platform.db, caller.accountId),
})
