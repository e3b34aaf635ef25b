import { SignedIn } from '#server/features/accounts/account.ts'
import { signedIn } from '#server/features/accounts/account-queries.ts'
import { PasskeyAnswer, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { verifyPasskey } from '#server/features/passkeys/verify-passkey.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { setDeviceCookie } from '#server/features/sessions/known-device.ts'
import { openSession } from '#server/features/sessions/open-session.ts'
import { setSessionCookie } from '#server/features/sessions/session-queries.ts'
import { publicOperation } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'

const problems = {
  ...passkeyProblems,
  'wrong-credentials': { status: 401, title: 'The passkey does not sign in here' },
} as const satisfies ProblemTable

export const signInWithPasskey = publicOperation({
  id: 'signInWithPasskey',
  summary: 'Sign in with a passkey',
  description:
    'Without a password: the device and who unlocks it are two factors. Answers as `signIn` does. There is nothing to ' +
    'guess, so it is open while guessed passwords have locked the account.',
  route: 'POST /api/session/passkey',
  body: PasskeyAnswer,
  example: {
    challengeId: '01990000-0000-7000-8000-000000000000',
    response: { id: 'AQ', rawId: 'AQ', type: 'public-key', response: {} },
  },
  returns: SignedIn,
  problems,
  async run({ body, caller, request, services, answer, problem }) {
    const verified = await verifyPasskey(services, body, { purpose: 'sign-in', request })
    if (!verified) throw problem('wrong-credentials')
    const { accountId } = verified
    const opened = await services.platform.transact(db =>
      openSession(services, db, accountId, { caller, request, proof: { method: 'passkey', secondFactor: true } }),
    )
    if (!opened) throw problem('wrong-credentials')
    setSessionCookie(services, answer, opened.session)
    setDeviceCookie(services, answer, opened.device)
    await tellSecurityEventsLater(services)
    return signedIn(services.platform.db, accountId)
  },
})
