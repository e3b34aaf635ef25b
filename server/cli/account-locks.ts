import { type Command, print } from '#server/cli/command.ts'
import { withServices } from '#server/cli/with-services.ts'
import { findLockedAccounts } from '#server/features/sessions/locks.ts'

export const accountLocks: Command = {
  usage: 'account locks',
  summary: 'List who cannot sign in for a while, after too many failures',
  async run({ config, json }) {
    const accounts = await withServices(config, findLockedAccounts)
    const lines = accounts.map(
      ({ email, lockedUntil, failures }) =>
        `${email.padEnd(40)} ${String(failures).padStart(3)} failures, until ${lockedUntil ?? 'there is a new password'}`,
    )
    print(json, { accounts }, lines.join('\n') || 'There are none.')
  },
}
