import { hashPassword, verifyDummy, verifyPassword } from '#server/crypto/password.ts'
import { Credentials, SignedIn } from '#server/features/accounts/account.ts'
import { signedIn } from '#server/features/accounts/account-queries.ts'
import { setSessionCookie, startSession } from '#server/features/sessions/session-queries.ts'
import { publicOperation, type RequestFacts } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'wrong-credentials': { status: 401, title: 'The e-mail address or the password is wrong' },
} as const satisfies ProblemTable

export const signIn = publicOperation({
  id: 'signIn',
  summary: 'Sign in',
  description:
    'Answers with the cookie of a new session, good for 30 days, and ends the session that the request came with.',
  route: 'POST /api/session',
  body: Credentials,
  example: { email: 'ada@acme.example', password: 'correct horse battery staple' },
  returns: SignedIn,
  problems,
  async run({ body, caller, request, services, answer, problem }) {
    const account = await findByPassword(services, body.email.toLowerCase(), body.password)
    const token = account && (await startSessionOf(services, account, request))
    if (!token) throw problem('wrong-credentials')
    if (caller) await services.platform.db.deleteFrom('session').where('id', '=', caller.sessionId).execute()
    setSessionCookie(services, answer, token)
    return signedIn(services.platform.db, account.id)
  },
})

type Proved = { id: string; hash: string; newHash?: string }

// An address that is not known costs the same time as a wrong password.
async function findByPassword({ platform }: Services, email: string, password: string): Promise<Proved | undefined> {
  const row = await platform.db
    .selectFrom('account')
    .select(['id', 'password_hash as hash'])
    .where('email', '=', email)
    .executeTakeFirst()
  const { ok, needsRehash } = row ? await verifyPassword(password, row.hash) : await verifyDummy()
  if (!row || !ok) return undefined
  const proved = { id: row.id, hash: row.hash as string }
  return needsRehash ? { ...proved, newHash: await hashPassword(password) } : proved
}

// The password that was proved has to be the account's still, or a change of it in between would miss this session.
function startSessionOf(
  services: Services,
  { id, hash, newHash }: Proved,
  request: RequestFacts,
): Promise<string | undefined> {
  return services.platform.transact(async db => {
    const same = await db
      .selectFrom('account')
      .select('id')
      .where('id', '=', id)
      .where('password_hash', '=', hash)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!same) return undefined
    if (newHash) await db.updateTable('account').set({ password_hash: newHash }).where('id', '=', id).execute()
    return startSession(services, db, id, request, { method: 'password' })
  })
}
