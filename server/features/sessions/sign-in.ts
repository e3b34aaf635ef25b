import { SignedIn } from '#server/features/accounts/account.ts'
import { signedIn } from '#server/features/accounts/account-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { rememberDevice, setDeviceCookie } from '#server/features/sessions/known-device.ts'
import { setSessionCookie, startSession } from '#server/features/sessions/session-queries.ts'
import { Credentials } from '#server/features/sessions/sign-in-credentials.ts'
import { type Proved, provePassword } from '#server/features/sessions/sign-in-password.ts'
import { type Caller, publicOperation, type RequestFacts } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'wrong-credentials': { status: 401, title: 'The e-mail address or the password is wrong' },
} as const satisfies ProblemTable

export const signIn = publicOperation({
  id: 'signIn',
  summary: 'Sign in',
  description:
    'Answers with the cookie of a new session, good for 30 days, and ends the session that the request came with. ' +
    'After several failures an account is locked for a while, with the same answer as to a wrong password; a browser ' +
    'in which its owner signed in before is let in all the same.',
  route: 'POST /api/session',
  body: Credentials,
  example: { email: 'ada@acme.example', password: 'correct horse battery staple' },
  returns: SignedIn,
  problems,
  async run({ body, caller, request, services, answer, problem }) {
    const proved = await provePassword(services, { ...body, request })
    const started = proved && (await start(services, proved, { caller, request }))
    if (!started) throw problem('wrong-credentials')
    setSessionCookie(services, answer, started.session)
    setDeviceCookie(services, answer, started.device)
    await tellSecurityEventsLater(services)
    return signedIn(services.platform.db, proved.accountId)
  },
})

type Started = { session: string; device: string }

// The password that was proved has to be the account's still, or a change of it in between would miss this session.
function start(
  services: Services,
  { accountId, hash, newHash }: Proved,
  { caller, request }: { caller: Caller | undefined; request: RequestFacts },
): Promise<Started | undefined> {
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
    if (caller) await db.deleteFrom('session').where('id', '=', caller.sessionId).execute()
    const device = await rememberDevice(services, db, accountId, request)
    const details = { method: 'password', ...(device.isNew ? { newDevice: true } : {}) }
    await recordSecurityEvent(services, db, { accountId, kind: 'signed_in', request, details })
    const session = await startSession(services, db, accountId, request, { method: 'password' })
    return { session, device: device.token }
  })
}
