import { type Command, print } from '#server/cli/command.ts'
import { CommandError } from '#server/cli/errors.ts'
import { bootstrap } from '#server/database/bootstrap.ts'
import { migrate } from '#server/database/migrate.ts'
import { joinInstallation } from '#server/installation.ts'

export const migrateCommand: Command = {
  usage: 'migrate',
  summary: 'Bring the platform and every workspace to this version; may be killed and run again',
  async run({ config, json }) {
    const { server, keys, stop } = await joinInstallation(config)
    try {
      await bootstrap(server, keys)
      let migrated = 0
      const failed = await migrate(server, keys, (done, total) => {
        migrated = total
        if (process.stderr.isTTY || done % 100 === 0) process.stderr.write(`\r${done} of ${total} workspaces`)
      })
      if (failed.length > 0)
        throw new CommandError(`Set aside because they could not be migrated: ${failed.join(', ')}.`)
      print(json, { migrated }, migrated === 0 ? 'Nothing to migrate.' : `\nMigrated ${migrated} workspaces.`)
    } finally {
      await stop()
    }
  },
}
