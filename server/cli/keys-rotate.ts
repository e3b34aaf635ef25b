import { setTimeout as pause } from 'node:timers/promises'
import { type Command, print } from '#server/cli/command.ts'
import { CommandError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import type { Config } from '#server/config/config.ts'
import { addKeyToFile, newKeyLine } from '#server/crypto/keys-file.ts'
import { moveInstallationLogins } from '#server/keys/move-login.ts'
import { rotateKeys, rotateKeysLater } from '#server/keys/rotate-keys.ts'
import { activateKey, announceKey, findRotation, listHolders } from '#server/keys/rotation.ts'
import type { Services } from '#server/services.ts'

const patienceMs = 60_000
const vaultPatienceMs = 10 * 60_000

export const keysRotate: Command = {
  usage: 'keys rotate',
  summary: 'Add a key, and move everything to it while the servers go on; run it again if it was interrupted',
  async run({ config, json }) {
    await withServices(config, async services => {
      const version = await findOrAddKey(services, config, json)
      if (version === undefined) return
      await activate(services, version)
      // Here and not in the background only: the next thing that anybody opens a connection for is on its way.
      await moveInstallationLogins(services)
      await rotateKeysLater(services)
      const { broken } = await watch(services, version)
      const exception = broken > 0 ? `, but ${broken} values that do not open` : ''
      const sentence = `Everything is under key ${version}${exception}. See \`kontor keys status\`, then \`kontor keys retire\`.`
      print(json, { version, broken, finished: true }, sentence)
    })
  },
}

/** The key to move to: one that is there already and does not seal, one that a killed run began with, or a new one. */
async function findOrAddKey(services: Services, config: Config, json: boolean): Promise<number | undefined> {
  const { keys } = services
  const newest = () => keys.versions[0]!
  if (newest() > keys.newest) return newest()
  const rotation = await findRotation(services)
  if (rotation?.activatedAt && !rotation.finishedAt) return rotation.version
  const next = newest() + 1
  const line = newKeyLine(next)
  if (config.keys) {
    const todo = 'Put this line in front of KONTOR_KEYS of every process, and start them again one after another.'
    print(json, { version: next, line, finished: false }, `${todo} Then run \`kontor keys rotate\` again.\n${line}`)
    return undefined
  }
  if (config.keysCommand) {
    console.error('Put this line before the others, where KONTOR_KEYS_COMMAND finds it. Waiting for it …')
    console.error(line)
    if (await until(() => keys.learn(next), vaultPatienceMs)) return next
    throw new CommandError(`Key version ${next} did not appear: run \`kontor keys rotate\` again once it is there.`)
  }
  const added = addKeyToFile(config.keysFile)
  keys.refresh()
  return added
}

async function activate(services: Services, version: number): Promise<void> {
  await announceKey(services, version)
  let without: string[] = []
  const everybodyHasIt = await until(async () => {
    without = await activateKey(services, version)
    return without.length === 0
  }, patienceMs)
  if (!everybodyHasIt)
    throw new CommandError(
      `Nothing was changed: these processes do not have key ${version} (${without.join('; ')}). Give it to them, and run \`kontor keys rotate\` again.`,
    )
  services.keys.sealWith(version)
}

/** Shows how far the worker is. Where none runs, this process does the work. */
async function watch(services: Services, version: number): Promise<{ broken: number }> {
  let shown = ''
  for (;;) {
    const rotation = await findRotation(services)
    if (!rotation || rotation.version !== version || rotation.finishedAt) return { broken: rotation?.broken ?? 0 }
    const now = `${rotation.done} of ${rotation.total}`
    if (now !== shown) console.error(`Moving to key ${version}: ${now}`)
    shown = now
    const holders = await listHolders(services)
    if (holders.some(holder => holder.works)) await pause(500)
    else await rotateKeys(services, new AbortController().signal)
  }
}

async function until(check: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  for (;;) {
    if (await check()) return true
    if (performance.now() > end) return false
    await pause(500)
  }
}
