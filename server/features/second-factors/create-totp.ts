import { randomBytes } from 'node:crypto'
import { base32, totpUri } from '#server/crypto/totp.ts'
import { factorProblems, NewTotp, totpField } from '#server/features/second-factors/second-factor.ts'
import { accountOperation } from '#server/http/operation.ts'

export const createTotp = accountOperation({
  id: 'createTotp',
  summary: 'Begin to add an authenticator app',
  description:
    'Gives a secret for the app. It counts once a code of it is confirmed: `confirmTotp`. Done again, a new one.',
  route: 'POST /api/totp',
  needsProof: true,
  returns: NewTotp,
  status: 201,
  problems: factorProblems,
  transaction: 'own',
  async run({ caller, services, transact, problem }) {
    return transact(async db => {
      const secret = randomBytes(20)
      const values = {
        secret: services.sealer.seal(totpField(caller.accountId), secret.toString('base64url')),
        created_at: services.clock.now().toString(),
      }
      const made = await db
        .insertInto('totp')
        .values({ account_id: caller.accountId, ...values })
        .onConflict(conflict =>
          conflict.column('account_id').doUpdateSet(values).where('totp.confirmed_at', 'is', null),
        )
        .returning('account_id')
        .executeTakeFirst()
      if (!made) throw problem('totp-exists', 'Remove it first, to add another one.')
      return { secret: base32(secret), uri: totpUri(secret, caller.email) }
    })
  },
})
