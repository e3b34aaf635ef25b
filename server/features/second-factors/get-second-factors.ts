import { passkeysOf } from '#server/features/passkeys/passkey-queries.ts'
import { SecondFactors } from '#server/features/second-factors/second-factor.ts'
import { accountOperation } from '#server/http/operation.ts'

export const getSecondFactors = accountOperation({
  id: 'getSecondFactors',
  summary: 'Read your second factors',
  route: 'GET /api/second-factors',
  returns: SecondFactors,
  async run({ caller, services }) {
    const { db } = services.platform
    const totp = await db
      .selectFrom('totp')
      .select('confirmed_at as confirmedAt')
      .where('account_id', '=', caller.accountId)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst()
    const { left } = await db
      .selectFrom('recovery_code')
      .select(eb => eb.fn.countAll<number>().as('left'))
      .where('account_id', '=', caller.accountId)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow()
    return {
      totp: totp?.confirmedAt ? { confirmedAt: totp.confirmedAt } : null,
      passkeys: await passkeysOf(db, caller.accountId).orderBy('id').execute(),
      recoveryCodesLeft: Number(left),
    }
  },
})
