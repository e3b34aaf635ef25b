import { stepOfCode } from '#server/crypto/totp.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import {
  factorProblems,
  RecoveryCodes,
  TotpConfirmation,
  totpField,
} from '#server/features/second-factors/second-factor.ts'
import { holdAccount, listFactors, welcomeFactor } from '#server/features/second-factors/second-factor-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { guarded } from '#server/features/sessions/sign-in-guard.ts'
import { accountOperation, type Caller } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

export const confirmTotp = accountOperation({
  id: 'confirmTotp',
  summary: 'Add the authenticator app',
  description:
    'With a code that it shows. From then on signing in asks for one. With the first second factor come ten recovery codes, ' +
    'shown this one time, and all your other sessions end; later the list is empty.',
  route: 'POST /api/totp/confirmation',
  needsProof: true,
  body: TotpConfirmation,
  example: { code: '123456' },
  returns: RecoveryCodes,
  problems: factorProblems,
  transaction: 'own',
  async run({ body, caller, request, services, transact, problem }) {
    const attempt = { purpose: 'second_factor' as const, accountId: caller.accountId, email: caller.email, request }
    const right = await guarded(services, attempt, () => findRight(services, caller, body.code))
    const result = await transact(async db => {
      if (!right) throw problem('code-rejected')
      await holdAccount(db, caller.accountId)
      const isFirst = (await listFactors(db, caller.accountId)).length === 0
      if (!(await confirm(services, db, caller, right))) throw problem('code-rejected')
      await recordSecurityEvent(services, db, { accountId: caller.accountId, kind: 'totp_added', request })
      return { recoveryCodes: await welcomeFactor(db, caller, isFirst) }
    })
    await tellSecurityEventsLater(services)
    return result
  },
})

/** The secret, as it is stored, and the time step of its code. */
type Right = { secret: string; step: number }

async function findRight(
  { platform, sealer, clock }: Services,
  { accountId }: Caller,
  code: string,
): Promise<Right | undefined> {
  const row = await platform.db
    .selectFrom('totp')
    .select('secret')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const secret = Buffer.from(sealer.open(totpField(accountId), row.secret), 'base64url')
  const step = stepOfCode(secret, code, clock.now())
  return step === undefined ? undefined : { secret: row.secret, step }
}

// False: another request confirmed it meanwhile, or put another secret in its place, of which nobody has shown a code.
// The code cannot be used once more to sign in.
async function confirm(
  { clock }: Services,
  db: PlatformDatabase,
  { accountId }: Caller,
  { secret, step }: Right,
): Promise<boolean> {
  const confirmed = await db
    .updateTable('totp')
    .set({ confirmed_at: clock.now().toString(), last_step: step })
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .where('secret', '=', secret)
    .returning('account_id')
    .executeTakeFirst()
  return confirmed !== undefined
}
