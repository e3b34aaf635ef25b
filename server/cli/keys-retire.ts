import { setTimeout as pause } from 'node:timers/promises'
import { type Command, print } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { removeKeyFromFile } from '#server/crypto/keys-file.ts'
import { countSealed, type SealedCount } from '#server/keys/count-sealed.ts'
import { rotateKeysLater } from '#server/keys/rotate-keys.ts'
import { findRotation, listHolders } from '#server/keys/rotation.ts'
import type { Services } from '#server/services.ts'

/** What was sealed in a request before the processes changed keys is stored, or refused, by then. */
const settledMs = 30_000

export const keysRetire: Command = {
  usage: 'keys retire <version>',
  summary: 'Take a key out of the key file; refused as long as anything depends on it',
  arguments: ['version'],
  async run({ config, positionals, json }) {
    const version = Number(positionals[0])
    if (!Number.isSafeInteger(version) || version < 1)
      throw new UsageError('<version> is the number of a key, such as 1')
    await withServices(config, async services => {
      await requireOld(services, version)
      await settle(services)
      await requireUnused(services, version)
    })
    const byHand = config.keys ? 'KONTOR_KEYS' : config.keysCommand && 'where KONTOR_KEYS_COMMAND finds it'
    if (byHand) {
      print(
        json,
        { version, retired: false, unused: true },
        `Nothing depends on key ${version}: remove it from ${byHand}.`,
      )
      return
    }
    removeKeyFromFile(config.keysFile, version)
    const sentence = `Key ${version} is retired. Backups of before need it still: keep its line where they are kept.`
    print(json, { version, retired: true }, sentence)
  },
}

async function requireOld(services: Services, version: number): Promise<void> {
  const { keys } = services
  if (!keys.versions.includes(version)) throw new CommandError(`There is no key ${version}: nothing to retire.`)
  if (version >= keys.newest)
    throw new CommandError(`Key ${version} is the one that seals: run \`kontor keys rotate\` first.`)
  const behind = (await listHolders(services)).filter(holder => holder.sealing === version)
  if (behind.length > 0)
    throw new CommandError(`Key ${version} is still in use by ${behind.map(holder => holder.name).join('; ')}.`)
}

async function settle(services: Services): Promise<void> {
  const { activatedAt } = (await findRotation(services)) ?? {}
  const leftMs = activatedAt ? Date.parse(activatedAt) + settledMs - Date.now() : 0
  if (leftMs <= 0) return
  console.error(`Waiting ${Math.ceil(leftMs / 1000)} s for requests that began under the old key …`)
  await pause(Math.min(leftMs, settledMs))
}

async function requireUnused(services: Services, version: number): Promise<void> {
  const count = await countSealed(services)
  const uses = describeUses(count, version)
  if (uses.length === 0) return
  await rotateKeysLater(services)
  throw new CommandError(`Key ${version} is not retired, for it is needed: ${uses.join(', ')}. They are being moved.`)
}

/** What depends on a key, each with its number; a workspace that cannot be counted may depend on it. */
export function describeUses({ keys, columns, unreachable }: SealedCount, version: number): string[] {
  const use = keys.find(each => each.version === version)
  const others = {
    logins: use?.logins ?? 0,
    'workspace keys': use?.workspaceKeys ?? 0,
    'workspaces not counted': unreachable.length,
  }
  return [
    ...columns.map(
      ({ scope, table, column, values }) => [`${scope} ${table}.${column}`, values[version] ?? 0] as const,
    ),
    ...Object.entries(others),
  ]
    .filter(([, number]) => number > 0)
    .map(([what, number]) => `${number} ${what}`)
}
