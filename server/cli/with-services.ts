import type { Config } from '#server/config/config.ts'
import { bootstrap } from '#server/database/bootstrap.ts'
import { migrate } from '#server/database/migrate.ts'
import { joinInstallation } from '#server/installation.ts'
import { followKeys } from '#server/keys/follow-keys.ts'
import { giveWorkspaceKeys } from '#server/keys/give-workspace-keys.ts'
import { rotateKeysLater } from '#server/keys/rotate-keys.ts'
import { createLog } from '#server/log.ts'
import type { Services } from '#server/services.ts'
import { startServices } from '#server/start-services.ts'

/** Runs `work` on this installation: beside a running server, or with the database started for as long as it takes. */
export async function withServices<T>(config: Config, work: (services: Services) => Promise<T>): Promise<T> {
  const installation = await joinInstallation(config)
  const log = createLog({ ...config, logLevel: 'error' })
  const { services, prepareQueue, close } = startServices({ config, log, ...installation })
  try {
    await bootstrap(installation.server, installation.keys)
    await migrate(installation.server, installation.keys)
    await prepareQueue()
    const following = await followKeys(services, 'command', false)
    try {
      if (await giveWorkspaceKeys(services)) await rotateKeysLater(services)
      return await work(services)
    } finally {
      await following.stop()
    }
  } finally {
    await close()
    await installation.stop()
  }
}
