import { type Command, print } from '#server/cli/command.ts'
import { CommandError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { findAccountByEmail } from '#server/features/accounts/account-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { clearAttempts } from '#server/features/sessions/sign-in-guard.ts'

export const accountUnlock: Command = {
  usage: 'account unlock <email>',
  summary: 'Forget the failed sign-ins of an account, and lift its locks',
  arguments: ['email'],
  async run({ config, positionals, json }) {
    const email = positionals[0]!.toLowerCase()
    await withServices(config, async services => {
      const account = await findAccountByEmail(services.platform.db, email)
      if (!account) throw new CommandError(`There is no account "${email}".`)
      await services.platform.transact(async db => {
        await clearAttempts(db, { accountId: account.id })
        await recordSecurityEvent(services, db, {
          accountId: account.id,
          kind: 'unlocked',
          details: { by: 'operator' },
        })
      })
    })
    print(json, { email }, `${email} can sign in again.`)
  },
}
