import { hashPassword } from '#server/crypto/password.ts'
import { sixDigitCode } from '#server/crypto/token.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { type ResetPayload, resetField } from '#server/features/password-resets/password-reset.ts'
import { resetMail } from '#server/features/password-resets/password-reset-mails.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

/**
 * Looks whose address it is that a code was asked for, and mails one. Idempotent. An unknown address gets a code, too,
 * that nobody is told: what this costs, and what a guess costs later, must not show whether there is an account.
 */
export async function sendPasswordReset(services: Services, resetId: string): Promise<void> {
  const { platform, sealer, clock } = services
  const row = await platform.db
    .selectFrom('password_reset')
    .select('payload')
    .where('id', '=', resetId)
    .where('expires_at', '>', clock.now().toString())
    .executeTakeFirst()
  if (!row?.payload) return
  const request: ResetPayload = JSON.parse(sealer.open(resetField(resetId), row.payload))
  const account = await platform.db
    .selectFrom('account')
    .select(['id', 'email', 'language'])
    .where('email', '=', request.email)
    .executeTakeFirst()
  const code = sixDigitCode()
  const codeHash = await hashPassword(code)
  const mailId = await platform.transact(async db => {
    const isFirst = await take(db, { resetId, accountId: account?.id ?? null, codeHash })
    if (!isFirst || !account) return undefined
    await recordSecurityEvent(services, db, { accountId: account.id, kind: 'password_reset_requested', request })
    return writeMail(db, services, resetMail(services.config, { ...account, code }))
  })
  if (!mailId) return
  await sendMailLater(services, mailId)
  await tellSecurityEventsLater(services)
}

/** Does what a crash between the request and its job left. One that fails must not keep the others waiting. */
export async function sendWaitingResets(services: Services): Promise<void> {
  const waiting = await services.platform.db
    .selectFrom('password_reset')
    .select('id')
    .where('payload', 'is not', null)
    .where('expires_at', '>', services.clock.now().toString())
    .orderBy('id')
    .limit(500)
    .execute()
  for (const { id } of waiting) {
    await sendPasswordReset(services, id).catch(error =>
      services.log.error({ err: error, reset: id }, 'a password reset is not mailed yet; it is tried again'),
    )
  }
}

type Taken = { resetId: string; accountId: string | null; codeHash: string }

// False: another run of this job was first. The codes that were mailed before are void from here on.
async function take(db: PlatformDatabase, { resetId, accountId, codeHash }: Taken): Promise<boolean> {
  const taken = await db
    .updateTable('password_reset')
    .set({ account_id: accountId, code_hash: codeHash, payload: null })
    .where('id', '=', resetId)
    .where('code_hash', 'is', null)
    .returning('email_digest as digest')
    .executeTakeFirst()
  if (!taken) return false
  await db
    .deleteFrom('password_reset')
    .where('email_digest', '=', taken.digest)
    .where('id', '<', resetId)
    .where('code_hash', 'is not', null)
    .execute()
  return true
}
