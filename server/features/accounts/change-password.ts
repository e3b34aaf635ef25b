import { timeZone } from '#server/clock.ts'
import { hashPassword, verifyPassword } from '#server/crypto/password.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { Password } from '#server/features/accounts/account.ts'
import { passwordChangedMail } from '#server/features/accounts/account-mails.ts'
import { checkNewPassword } from '#server/features/accounts/account-queries.ts'
import { accountOperation, type Caller } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { object } from '#server/http/schemas.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'wrong-password': { status: 422, title: 'The current password is wrong' },
} as const satisfies ProblemTable

export const changePassword = accountOperation({
  id: 'changePassword',
  summary: 'Change your password',
  description: 'Ends all your other sessions, and tells you by mail.',
  route: 'POST /api/password-changes',
  body: object({ currentPassword: Password, password: Password }),
  example: { currentPassword: 'correct horse battery staple', password: 'quiet otters repaint lighthouses' },
  problems,
  // Hashing takes long: meanwhile it holds no connection, of which all accounts together have ten.
  transaction: 'own',
  async run({ body, caller, services, transact, problem }) {
    const wrong = () =>
      problem('wrong-password', undefined, {
        errors: [{ pointer: '/currentPassword', message: 'is not your password' }],
      })
    const row = await services.platform.db
      .selectFrom('account')
      .select('password_hash as hash')
      .where('id', '=', caller.accountId)
      .executeTakeFirst()
    const isProved = row !== undefined && (await verifyPassword(body.currentPassword, row.hash)).ok
    if (isProved) checkNewPassword(body.password, caller)
    const newHash = isProved ? await hashPassword(body.password) : undefined
    let mailId: string | undefined
    // Refused in here only: a repetition, whose password is the old one by now, gets the answer of the first.
    await transact(async db => {
      mailId = row && newHash ? await store(db, services, caller, { hash: row.hash, newHash }) : undefined
      if (!mailId) throw wrong()
    })
    if (mailId) await sendMailLater(services, mailId)
    return undefined
  },
})

// Undefined: another change came first, so the password that was proved is no longer the current one.
async function store(
  db: PlatformDatabase,
  services: Services,
  { accountId, sessionId, email }: Caller,
  { hash, newHash }: { hash: string | null; newHash: string },
): Promise<string | undefined> {
  const changed = await db
    .updateTable('account')
    .set({ password_hash: newHash })
    .where('id', '=', accountId)
    .where('password_hash', '=', hash)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return undefined
  await db.deleteFrom('session').where('account_id', '=', accountId).where('id', '<>', sessionId).execute()
  const at = services.clock.now().toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  return writeMail(db, services, passwordChangedMail({ email, at: `${at.replace('T', ' ')} (Brussels)` }))
}
