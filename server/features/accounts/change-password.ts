import Type from 'typebox'
import { hashPassword } from '#server/crypto/password.ts'
import { isShortPassword } from '#server/crypto/password-rules.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { Password } from '#server/features/accounts/account.ts'
import { checkNewPassword, hasSecondFactor } from '#server/features/accounts/account-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { findKnownDevice } from '#server/features/sessions/known-device.ts'
import { endOthers } from '#server/features/sessions/session-queries.ts'
import { clearAttempts } from '#server/features/sessions/sign-in-guard.ts'
import { provePassword } from '#server/features/sessions/sign-in-password.ts'
import { isProofRecent } from '#server/http/authentication.ts'
import { accountOperation, type Caller, type RequestFacts } from '#server/http/operation.ts'
import { commonProblems, fieldProblem, type ProblemTable, problemsOf } from '#server/http/problems.ts'
import { object } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'proof-required': commonProblems['proof-required'],
  'wrong-password': { status: 422, title: 'The current password is wrong' },
  'no-password': { status: 422, title: 'The account has no password yet: ask for a code to set its first' },
} as const satisfies ProblemTable

export const changePassword = accountOperation({
  id: 'changePassword',
  summary: 'Change your password',
  description:
    'After the current password; with a second factor, after a proof of it in the last ten minutes (`createProof`), and ' +
    'then the current password may be left out. Ends all your other sessions, and tells you by mail.',
  route: 'POST /api/password-changes',
  body: object({ currentPassword: Type.Optional(Password), password: Password }),
  example: { currentPassword: 'correct horse battery staple', password: 'quiet otters repaint lighthouses' },
  problems,
  // Hashing takes long: meanwhile it holds no connection, of which all accounts together have ten.
  transaction: 'own',
  async run({ body, caller, request, services, transact, problem }) {
    const secondFactor = await hasSecondFactor(services.platform.db, caller.accountId)
    if (secondFactor && !(caller.secondFactor && isProofRecent(services, caller))) throw problem('proof-required')
    const hash = await findProvedHash(services, { caller, request, current: body.currentPassword, secondFactor })
    if (hash !== undefined) checkNewPassword(body.password, { email: caller.email, name: caller.name, secondFactor })
    const newHash = hash === undefined ? undefined : await hashPassword(body.password)
    const deviceId = await findKnownDevice(services, caller.accountId, request)
    // Refused in here only: a repetition, whose password is the old one by now, gets the answer of the first.
    await transact(async db => {
      const isShort = isShortPassword(body.password)
      const isStored = hash && newHash && (await replaceHash(db, caller, { hash, newHash, isShort }))
      if (!isStored) {
        const errors = [{ pointer: '/currentPassword', message: 'is not your password' }]
        throw problem('wrong-password', undefined, { errors })
      }
      // The account is held now: the factor beside which it may be short could have gone while it was hashed.
      if (isShort)
        checkNewPassword(body.password, { ...caller, secondFactor: await hasSecondFactor(db, caller.accountId) })
      await endOthers(db, caller)
      await forgetOtherDevices(db, caller.accountId, deviceId)
      // What was guessed at is no longer the password.
      await clearAttempts(db, { accountId: caller.accountId, purpose: 'password' })
      await recordSecurityEvent(services, db, { accountId: caller.accountId, kind: 'password_changed', request })
    })
    await tellSecurityEventsLater(services)
    return undefined
  },
})

type Asked = { caller: Caller; request: RequestFacts; current: string | undefined; secondFactor: boolean }

// The hash of the password that is to be replaced. Undefined: the current one is wrong.
async function findProvedHash(
  services: Services,
  { caller, request, current, secondFactor }: Asked,
): Promise<string | undefined> {
  const row = await services.platform.db
    .selectFrom('account')
    .select('password_hash as hash')
    .where('id', '=', caller.accountId)
    .executeTakeFirst()
  const problem = problemsOf(problems)
  if (!row) throw problem('not-signed-in')
  if (row.hash === null) throw problem('no-password')
  if (current === undefined) {
    if (!secondFactor) throw fieldProblem('/currentPassword', 'Type your current password.')
    return row.hash
  }
  const proved = await provePassword(services, { email: caller.email, password: current, request })
  return proved?.accountId === caller.accountId ? proved.hash : undefined
}

// False: another change came first, so the password that was proved is no longer the current one.
async function replaceHash(
  db: PlatformDatabase,
  { accountId }: Caller,
  { hash, newHash, isShort }: { hash: string; newHash: string; isShort: boolean },
): Promise<boolean> {
  const changed = await db
    .updateTable('account')
    .set({ password_hash: newHash, password_is_short: isShort })
    .where('id', '=', accountId)
    .where('password_hash', '=', hash)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

// Whoever knew the old password may have used it elsewhere, and gets no way around a lock.
async function forgetOtherDevices(db: PlatformDatabase, accountId: string, deviceId: string | undefined) {
  await db
    .deleteFrom('known_device')
    .where('account_id', '=', accountId)
    .$if(deviceId !== undefined, others => others.where('id', '<>', deviceId!))
    .execute()
}
