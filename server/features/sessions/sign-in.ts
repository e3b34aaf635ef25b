import { SignedIn } from '#server/features/accounts/account.ts'
import { signedIn } from '#server/features/accounts/account-queries.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { setDeviceCookie } from '#server/features/sessions/known-device.ts'
import { type Opened, openSession } from '#server/features/sessions/open-session.ts'
import { type Proof, setSessionCookie } from '#server/features/sessions/session-queries.ts'
import { Credentials } from '#server/features/sessions/sign-in-credentials.ts'
import { type Proved, provePassword } from '#server/features/sessions/sign-in-password.ts'
import { proveSecondFactor } from '#server/features/sessions/sign-in-second-factor.ts'
import { type Caller, publicOperation, type RequestFacts } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'wrong-credentials': { status: 401, title: 'The e-mail address or the password is wrong' },
  'second-factor-required': { status: 401, title: 'A second factor is needed' },
} as const satisfies ProblemTable

export const signIn = publicOperation({
  id: 'signIn',
  summary: 'Sign in',
  description:
    'Answers with the cookie of a new session, good for 30 days, and ends the session that the request came with. ' +
    'After several failures an account is locked for a while, with the same answer as to a wrong password; a browser ' +
    'in which its owner signed in before is let in all the same. With a second factor, the right password is answered ' +
    'with 401 `second-factor-required`, whose `factors` say which there are and whose `passkey` has the options for one: ' +
    'ask again with `code` or `passkey` too.',
  route: 'POST /api/session',
  body: Credentials,
  example: { email: 'ada@acme.example', password: 'correct horse battery staple' },
  returns: SignedIn,
  problems,
  async run({ body, caller, request, services, answer, problem }) {
    const proved = await provePassword(services, { email: body.email, password: body.password, request })
    if (!proved) throw problem('wrong-credentials')
    const factor = await proveSecondFactor(services, proved, body, request)
    if ('asked' in factor) {
      const detail = body.code || body.passkey ? 'That was not it, or it was used before: try again.' : undefined
      throw problem('second-factor-required', detail, { members: factor.asked })
    }
    const proof = { method: 'password' as const, ...factor }
    const started = await start(services, proved, { caller, request, proof })
    if (!started) throw problem('wrong-credentials')
    setSessionCookie(services, answer, started.session)
    setDeviceCookie(services, answer, started.device)
    await tellSecurityEventsLater(services)
    return signedIn(services.platform.db, proved.accountId)
  },
})

// The password that was proved has to be the account's still, or a change of it in between would miss this session.
function start(
  services: Services,
  { accountId, hash, newHash }: Proved,
  opening: { caller: Caller | undefined; request: RequestFacts; proof: Proof },
): Promise<Opened | undefined> {
  return services.platform.transact(async db => {
    const same = await db
      .selectFrom('account')
      .select('id')
      .where('id', '=', accountId)
      .where('password_hash', '=', hash)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!same) return undefined
    if (newHash) await db.updateTable('account').set({ password_hash: newHash }).where('id', '=', accountId).execute()
    return openSession(services, db, accountId, opening)
  })
}
