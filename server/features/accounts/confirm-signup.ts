import { sql } from 'kysely'
import { inHashSlot } from '#server/crypto/password.ts'
import type { WorkspaceSeed } from '#server/database/provision.ts'
import type { Account } from '#server/features/accounts/account.ts'
import { insertAccount } from '#server/features/accounts/account-queries.ts'
import {
  Confirmation,
  Confirmed,
  codeProblems,
  type SignupPayload,
  signupField,
} from '#server/features/accounts/signup.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { setSessionCookie, startSession } from '#server/features/sessions/session-queries.ts'
import { buildWorkspace, reserveUnderFreeSlug } from '#server/features/workspaces/directory-queries.ts'
import { publicOperation, type RequestFacts } from '#server/http/operation.ts'
import { Id, object } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

const mostAttempts = 5

export const confirmSignup = publicOperation({
  id: 'confirmSignup',
  summary: 'Confirm a signup with its code',
  description:
    'Makes the account and the workspace and signs in. Should somebody else have taken the slug in between, the ' +
    'workspace gets a number behind it.',
  route: 'POST /api/signups/:signup/confirmation',
  params: object({ signup: Id }),
  body: Confirmation,
  example: { code: '123456' },
  returns: Confirmed,
  status: 201,
  problems: codeProblems,
  async run({ params, body, request, services, answer, problem }) {
    const isRight = await isCodeRight(services, params.signup, body.code)
    const made = isRight && (await redeem(services, params.signup, request))
    if (!made) throw problem('code-rejected')
    setSessionCookie(services, answer, made.token)
    const { id, name, slug, plan } = made.seed
    await buildWorkspace(services, made.seed)
    await tellSecurityEventsLater(services)
    return { account: made.account, workspace: { id, name, slug, plan: plan as 'starter' } }
  },
})

// Counted before it is looked at: of any number of guesses at once, five are. And counted when it is its turn to hash, so
// that what is turned away as too much for the machine does not count.
function isCodeRight({ platform, clock }: Services, id: string, code: string): Promise<boolean> {
  return inHashSlot(async hasher => {
    const row = await platform.db
      .updateTable('signup')
      .set({ attempts: sql`attempts + 1` })
      .where('id', '=', id)
      .where('attempts', '<', mostAttempts)
      .where('expires_at', '>', clock.now().toString())
      .returning('code_hash')
      .executeTakeFirst()
    return (await hasher.verify(code, row?.code_hash ?? null)).ok
  })
}

type Redeemed = { account: Account; seed: WorkspaceSeed; token: string }

// Account, session and the directory's note of the workspace are one transaction: killed after it, the person can
// sign in and the schedule makes the workspace. Undefined: a second confirmation, or the address has an account.
function redeem(services: Services, id: string, request: RequestFacts): Promise<Redeemed | undefined> {
  return services.platform.transact(async db => {
    const row = await db.deleteFrom('signup').where('id', '=', id).returning('payload').executeTakeFirst()
    if (!row) return undefined
    const { email, name, passwordHash, language, workspaceName, workspaceSlug }: SignupPayload = JSON.parse(
      services.sealer.open(signupField(id), row.payload),
    )
    const account = await insertAccount(db, { email, name, passwordHash, ...(language ? { language } : {}) })
    if (!account) return undefined
    await recordSecurityEvent(services, db, { accountId: account.id, kind: 'signed_up', request })
    const owner = { accountId: account.id, email, name }
    const wish = { name: workspaceName, slug: workspaceSlug, plan: services.config.defaultPlan, owner }
    const seed = await reserveUnderFreeSlug(services, db, wish)
    return { account, seed, token: await startSession(services, db, account.id, request, { method: 'signup' }) }
  })
}
