import { sql } from 'kysely'
import { hashPassword, inHashSlot } from '#server/crypto/password.ts'
import { isShortPassword } from '#server/crypto/password-rules.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { checkNewPassword, hasSecondFactor } from '#server/features/accounts/account-queries.ts'
import {
  digestOf,
  mostAttempts,
  ResetConfirmation,
  resetProblems,
} from '#server/features/password-resets/password-reset.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { clearAttempts } from '#server/features/sessions/sign-in-guard.ts'
import { publicOperation, type RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

export const confirmPasswordReset = publicOperation({
  id: 'confirmPasswordReset',
  summary: 'Set a new password with a code',
  description:
    'With the code that was mailed. Ends all sessions of the account, forgets its known devices, lifts every lock, and ' +
    'tells its owner. It signs nobody in: sign in with the new password, and with the second factor where there is one.',
  route: 'POST /api/password-resets/confirmation',
  body: ResetConfirmation,
  example: { email: 'ada@acme.example', code: '123456', password: 'quiet otters repaint lighthouses' },
  problems: resetProblems,
  async run({ body, request, services, problem }) {
    const email = body.email.toLowerCase()
    // What is wrong with a password whoever it is for is said before anything is looked up: it tells of nobody.
    checkNewPassword(body.password, { email, name: '', secondFactor: true })
    const right = await findRight(services, email, body.code)
    if (!right) throw problem('code-rejected')
    await checkForOwner(services, right, body.password)
    const newHash = await hashPassword(body.password)
    const isShort = isShortPassword(body.password)
    const isDone = await services.platform.transact(async db => {
      const isDone = await redeem(services, db, { right, newHash, isShort, request })
      // The account is held now: the factor beside which it may be short could have gone while it was hashed.
      const secondFactor = isShort && (await hasSecondFactor(db, right.accountId))
      if (isDone && isShort) checkNewPassword(body.password, { email, name: '', secondFactor })
      return isDone
    })
    if (!isDone) throw problem('code-rejected')
    await tellSecurityEventsLater(services)
    return undefined
  },
})

type Right = { id: string; accountId: string; email: string }

// Counted before it is looked at: of any number of guesses at once, five are. An address that has no account has a code
// like others (send-password-reset.ts), so the same is written and hashed for it.
function findRight({ platform, clock }: Services, email: string, code: string): Promise<Right | undefined> {
  return inHashSlot(async hasher => {
    const { rows } = await sql<{ id: string; account_id: string | null; code_hash: string }>`
      update password_reset set attempts = attempts + 1
      where id = (
          select id from password_reset
          where email_digest = ${digestOf(email)} and code_hash is not null order by id desc limit 1)
        and attempts < ${mostAttempts} and expires_at > ${clock.now().toString()}
      returning id, account_id, code_hash`.execute(platform.db)
    const row = rows[0]
    const { ok } = await hasher.verify(code, row?.code_hash ?? null)
    return ok && row?.account_id ? { id: row.id, accountId: row.account_id, email } : undefined
  })
}

// The code was right, so the owner may know what the rules say of this password for them, and try again with another.
async function checkForOwner({ platform }: Services, { id, accountId }: Right, password: string): Promise<void> {
  const owner = await platform.db
    .selectFrom('account')
    .select(['email', 'name'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!owner) return
  try {
    checkNewPassword(password, { ...owner, secondFactor: await hasSecondFactor(platform.db, accountId) })
  } catch (error) {
    await platform.db.updateTable('password_reset').set({ attempts: sql`attempts - 1` }).where('id', '=', id).execute()
    throw error
  }
}

type Redeeming = { right: Right; newHash: string; isShort: boolean; request: RequestFacts }

// False: used a moment before, or asked for anew since, or the address is no longer the account's.
async function redeem(
  services: Services,
  db: PlatformDatabase,
  { right: { id, accountId, email }, newHash, isShort, request }: Redeeming,
): Promise<boolean> {
  const taken = await db.deleteFrom('password_reset').where('id', '=', id).returning('id').executeTakeFirst()
  if (!taken) return false
  const values = { password_hash: newHash, password_is_short: isShort }
  const account = db.updateTable('account').set(values).where('id', '=', accountId).where('email', '=', email)
  if (!(await account.returning('id').executeTakeFirst())) return false
  await db.deleteFrom('password_reset').where('account_id', '=', accountId).execute()
  await db.deleteFrom('email_change').where('account_id', '=', accountId).execute()
  await db.deleteFrom('session').where('account_id', '=', accountId).execute()
  await db.deleteFrom('known_device').where('account_id', '=', accountId).execute()
  await clearAttempts(db, { accountId, purpose: 'password' })
  await recordSecurityEvent(services, db, { accountId, kind: 'password_reset', request })
  return true
}
