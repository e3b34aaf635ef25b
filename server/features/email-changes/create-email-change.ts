import { hashPassword } from '#server/crypto/password.ts'
import { sixDigitCode } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { findAccountByEmail } from '#server/features/accounts/account-queries.ts'
import {
  EmailChange,
  type EmailChangePayload,
  emailChangeField,
  minutesToConfirm,
  NewEmail,
} from '#server/features/email-changes/email-change.ts'
import { addressTakenMail, confirmAddressMail } from '#server/features/email-changes/email-change-mails.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { accountOperation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

const anHour = 60 * 60
const aDay = 24 * anHour

export const createEmailChange = accountOperation({
  id: 'createEmailChange',
  summary: 'Ask for another e-mail address',
  description:
    'Mails a code of six digits to the new address, good for 15 minutes and 5 attempts; until it is confirmed, nothing ' +
    'changes. Asking again makes the code before it void. The answer is the same whether or not there is an account with ' +
    'the address already; the mail says so. At most 3 an hour and 10 a day.',
  route: 'POST /api/email-changes',
  needsProof: true,
  body: NewEmail,
  example: { email: 'ada@ghent.example' },
  returns: EmailChange,
  status: 202,
  // Hashing takes long: meanwhile it holds no connection.
  transaction: 'own',
  async run({ body, caller, request, services, transact, problem }) {
    const email = body.email.toLowerCase()
    if (email === caller.email) throw fieldProblem('/email', 'This is your address already.', 'rule-broken')
    const waitSeconds = await takeFromLimits(services, limitsOf(caller.accountId, email))
    if (waitSeconds > 0) {
      const detail = 'Too many codes were asked for: use the last one, or try again later.'
      throw problem('too-many-requests', detail, { retryAfterSeconds: waitSeconds })
    }
    // All of this also happens for a known address, whose code nobody is told: the work tells as little as the answer.
    const code = sixDigitCode()
    const codeHash = await hashPassword(code)
    const expiresAt = services.clock.now().add({ minutes: minutesToConfirm }).toString({ fractionalSecondDigits: 3 })
    let mailId: string | undefined
    const result = await transact(async db => {
      const known = await findAccountByEmail(db, email)
      await store(services, db, { accountId: caller.accountId, email, codeHash, expiresAt })
      await recordSecurityEvent(services, db, {
        accountId: caller.accountId,
        kind: 'email_change_requested',
        request,
      })
      const mail = known
        ? addressTakenMail(services.config, known)
        : confirmAddressMail(services.config, { email, code, language: caller.language })
      mailId = await writeMail(db, services, mail)
      return { expiresAt }
    })
    if (mailId) await sendMailLater(services, mailId)
    await tellSecurityEventsLater(services)
    return result
  },
})

// By the address too: nobody fills somebody else's mailbox through many accounts.
function limitsOf(accountId: string, email: string) {
  return [accountId, email].flatMap(who => [
    { bucket: bucketOf('email-change-hour', who), limit: 3, seconds: anHour },
    { bucket: bucketOf('email-change-day', who), limit: 10, seconds: aDay },
  ])
}

type Stored = { accountId: string; email: string; codeHash: string; expiresAt: string }

// One for each account: of two at once the later one counts, and the other's code opens nothing.
async function store(
  { sealer, clock }: Services,
  db: PlatformDatabase,
  { accountId, email, codeHash, expiresAt }: Stored,
): Promise<void> {
  const id = uuid7()
  const payload: EmailChangePayload = { email }
  const values = {
    id,
    payload: sealer.seal(emailChangeField(id), JSON.stringify(payload)),
    code_hash: codeHash,
    attempts: 0,
    created_at: clock.now().toString(),
    expires_at: expiresAt,
  }
  await db
    .insertInto('email_change')
    .values({ account_id: accountId, ...values })
    .onConflict(conflict => conflict.column('account_id').doUpdateSet(values))
    .execute()
}
