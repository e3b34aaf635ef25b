import { sql } from 'kysely'
import pg from 'pg'
import { inHashSlot } from '#server/crypto/password.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { Account, Code } from '#server/features/accounts/account.ts'
import { requireAccount } from '#server/features/accounts/account-queries.ts'
import {
  codeProblems,
  type EmailChangePayload,
  emailChangeField,
  mostAttempts,
} from '#server/features/email-changes/email-change.ts'
import { addressChangedMail } from '#server/features/email-changes/email-changed-mail.ts'
import { moveMembers } from '#server/features/email-changes/move-members.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { endOthers } from '#server/features/sessions/session-queries.ts'
import { accountOperation, type Caller, type RequestFacts } from '#server/http/operation.ts'
import { object } from '#server/http/schemas.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

export const confirmEmailChange = accountOperation({
  id: 'confirmEmailChange',
  summary: 'Confirm your new e-mail address',
  description:
    'With the code that was mailed to it. Ends all your other sessions, makes codes for a new password void, and tells ' +
    'the old address. Your workspaces see the new address too, but for one in which another member has it.',
  route: 'POST /api/email-changes/confirmation',
  body: object({ code: Code }),
  example: { code: '123456' },
  returns: Account,
  problems: codeProblems,
  transaction: 'own',
  async run({ body, caller, request, services, transact, problem }) {
    const change = await findRight(services, caller.accountId, body.code)
    let redeemed: Redeemed | undefined
    // Refused in here only: a repetition, whose code is used up by now, gets the answer of the first.
    const account = await transact(async db => {
      redeemed = change && (await redeem(services, db, { change, caller, request }))
      if (!redeemed) throw problem('code-rejected')
      return redeemed.account
    }).catch(error => {
      // Somebody took the address meanwhile. That there is such an account is nobody else's business.
      throw isTaken(error) ? problem('code-rejected') : error
    })
    if (redeemed) {
      await moveMembers(services, redeemed.account, request.origin)
      await sendMailLater(services, redeemed.mailId)
      await tellSecurityEventsLater(services)
    }
    return account
  },
})

type Change = { id: string; codeHash: string; payload: string }
type Redeemed = { account: Account; mailId: string }

// When it is its turn to hash, so that what is turned away as too much for the machine does not count.
function findRight(services: Services, accountId: string, code: string): Promise<Change | undefined> {
  return inHashSlot(async hasher => {
    const change = await takeAttempt(services, accountId)
    return change && (await hasher.verify(code, change.codeHash)).ok ? change : undefined
  })
}

// Counted before it is looked at: of any number of guesses at once, five are.
async function takeAttempt({ platform, clock }: Services, accountId: string): Promise<Change | undefined> {
  return platform.db
    .updateTable('email_change')
    .set({ attempts: sql`attempts + 1` })
    .where('account_id', '=', accountId)
    .where('attempts', '<', mostAttempts)
    .where('expires_at', '>', clock.now().toString())
    .returning(['id', 'code_hash as codeHash', 'payload'])
    .executeTakeFirst()
}

type Redeeming = { change: Change; caller: Caller; request: RequestFacts }

// Undefined: confirmed already, or asked for anew since, and then only the newer code counts.
async function redeem(
  services: Services,
  db: PlatformDatabase,
  { change, caller, request }: Redeeming,
): Promise<Redeemed | undefined> {
  const taken = await db
    .deleteFrom('email_change')
    .where('account_id', '=', caller.accountId)
    .where('id', '=', change.id)
    .returning('id')
    .executeTakeFirst()
  if (!taken) return undefined
  const { email }: EmailChangePayload = JSON.parse(services.sealer.open(emailChangeField(change.id), change.payload))
  const before = await requireAccount(db, caller.accountId)
  await db.updateTable('account').set({ email }).where('id', '=', caller.accountId).execute()
  await endOthers(db, caller)
  await db.deleteFrom('password_reset').where('account_id', '=', caller.accountId).execute()
  const details = { from: before.email, to: email }
  await recordSecurityEvent(services, db, { accountId: caller.accountId, kind: 'email_changed', request, details })
  const at = services.clock.now()
  const mail = addressChangedMail(services.config, { ...before, newEmail: email, at, address: request.address })
  return { account: await requireAccount(db, caller.accountId), mailId: await writeMail(db, services, mail) }
}

function isTaken(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.constraint === 'account_email'
}
