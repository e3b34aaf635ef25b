import type { Command } from '#server/cli/command.ts'
import { joinInstallation } from '#server/installation.ts'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { followKeys } from '#server/keys/follow-keys.ts'
import { createLog } from '#server/log.ts'
import { startServices } from '#server/start-services.ts'
import { stopOnSignal } from '#server/stop-on-signal.ts'

export const workerCommand: Command = {
  usage: 'worker',
  summary: 'Run jobs only, beside servers that share the database',
  async run({ config }) {
    const log = createLog(config)
    const installation = await joinInstallation(config)
    const { services, close } = startServices({ config, log, ...installation })
    const following = await followKeys(services, 'worker', true)
    const worker = await startWorker(services, handlers)
    const stopping = stopOnSignal([() => worker.stop(), following.stop, close, () => installation.stop()], log)
    console.log('The worker runs.')
    await stopping.done
  },
}
