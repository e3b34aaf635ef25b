import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { findAccountByEmail } from '#server/features/accounts/account-queries.ts'
import { removeFactors } from '#server/features/second-factors/remove-factors.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'

export const accountRemoveFactors: Command = {
  usage: 'account remove-factors <email> --confirm <email>',
  summary: 'Take all second factors from an account whose owner lost them; make sure first that it is them who asks',
  options: { confirm: { type: 'string' } },
  required: ['confirm'],
  arguments: ['email'],
  async run({ config, positionals, values, json }) {
    const email = positionals[0]!.toLowerCase()
    if (textOf(values, 'confirm')?.toLowerCase() !== email) throw new UsageError('--confirm has to repeat the address')
    await withServices(config, async services => {
      const account = await findAccountByEmail(services.platform.db, email)
      if (!account) throw new CommandError(`There is no account "${email}".`)
      const done = await services.platform.transact(db => removeFactors(services, db, account.id))
      await tellSecurityEventsLater(services)
      const then = done.mustReset ? ' The password was too short to stand alone: it has to be reset.' : ''
      print(
        json,
        { email, ...done },
        `${email} signs in with the password alone; ${done.removed} factors removed.${then}`,
      )
    })
  },
}
