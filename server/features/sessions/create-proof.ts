import Type, { type Static } from 'typebox'
import { Password } from '#server/features/accounts/account.ts'
import { PasskeyAnswer } from '#server/features/passkeys/passkey.ts'
import { verifyPasskey } from '#server/features/passkeys/verify-passkey.ts'
import { renewSession, setSessionCookie } from '#server/features/sessions/session-queries.ts'
import { FactorCode } from '#server/features/sessions/sign-in-credentials.ts'
import { provePassword } from '#server/features/sessions/sign-in-password.ts'
import { proveSecondFactor } from '#server/features/sessions/sign-in-second-factor.ts'
import { provedUntil } from '#server/http/authentication.ts'
import { accountOperation, type Caller, type RequestFacts } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Instant, object } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'proof-rejected': { status: 422, title: 'That does not prove that it is you' },
} as const satisfies ProblemTable

const NewProof = object(
  {
    password: Type.Optional(Password),
    code: Type.Optional(FactorCode),
    passkey: Type.Optional(PasskeyAnswer),
  },
  {
    $id: 'NewProof',
    description:
      'The password; with a second factor also a code of it or a passkey, or a passkey alone: `createProofOptions`',
  },
)
type NewProof = Static<typeof NewProof>

export const createProof = accountOperation({
  id: 'createProof',
  summary: 'Prove again that it is you',
  description:
    'Takes what signing in takes. Operations that change what you sign in with ask for it when ten minutes have passed ' +
    'since. The session gets a new cookie. Whatever is wrong, the answer is the same, and failures count as at sign-in.',
  route: 'POST /api/session/proof',
  body: NewProof,
  example: { password: 'correct horse battery staple' },
  returns: Type.Object({ provedUntil: Instant }, { $id: 'Proof' }),
  problems,
  // Hashing takes long: meanwhile it holds no connection.
  transaction: 'own',
  async run({ body, caller, request, services, answer, transact, problem }) {
    const proved = await prove(services, { body, caller, request })
    let token: string | undefined
    // Refused in here only: a repetition gets the answer of the first.
    const result = await transact(async db => {
      if (!proved) throw problem('proof-rejected')
      token = await renewSession(services, db, { caller, request, ...proved })
      const provedAt = services.clock.now().toString()
      return { provedUntil: provedUntil({ provedAt }).toString({ fractionalSecondDigits: 3 }) }
    })
    if (token) setSessionCookie(services, answer, token)
    return result
  },
})

type Asked = { body: NewProof; caller: Caller; request: RequestFacts }

async function prove(
  services: Services,
  { body: { password, code, passkey }, caller: { accountId, email }, request }: Asked,
): Promise<{ secondFactor: boolean } | undefined> {
  if (password === undefined) {
    const asked = { purpose: 'proof' as const, accountId, request }
    return passkey && (await verifyPasskey(services, passkey, asked)) && { secondFactor: true }
  }
  const proved = await provePassword(services, { email, password, request })
  if (proved?.accountId !== accountId) return undefined
  const factor = await proveSecondFactor(services, proved, { code, passkey }, request)
  return 'asked' in factor ? undefined : factor
}
