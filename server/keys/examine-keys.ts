import { type ColumnUse, countSealed, type KeyUse, type SealedCount } from '#server/keys/count-sealed.ts'
import { findRotation, listHolders, type Rotation } from '#server/keys/rotation.ts'
import type { Services } from '#server/services.ts'

type KeyState = KeyUse & { newest: boolean; missing: boolean }
export type KeysState = Omit<SealedCount, 'keys'> & {
  keys: KeyState[]
  rotation: Rotation | null
  processes: Awaited<ReturnType<typeof listHolders>>
}

/** Everything that `kontor keys status` shows. */
export async function examineKeys(services: Services): Promise<KeysState> {
  const { keys: uses, ...counted } = await countSealed(services)
  const { keys } = services
  const versions = new Set([...keys.versions, ...uses.map(use => use.version)])
  const unused = { fields: 0, withoutWorkspaceKey: 0, logins: 0, workspaceKeys: 0 }
  return {
    ...counted,
    keys: [...versions]
      .sort((a, b) => b - a)
      .map(version => ({
        version,
        ...unused,
        ...uses.find(use => use.version === version),
        newest: version === keys.newest,
        missing: !keys.versions.includes(version),
      })),
    rotation: (await findRotation(services)) ?? null,
    processes: await listHolders(services),
  }
}

/** The same for people. */
export function describeKeys({ keys, columns, rotation, unreachable, withoutKey }: KeysState): string {
  const lines = [
    ...keys.map(describeKey),
    '',
    ...columns.map(describeColumn),
    '',
    rotation ? describeRotation(rotation) : 'No rotation yet.',
  ]
  if (unreachable.length > 0) lines.push(`Could not be counted: ${unreachable.join(', ')}`)
  if (withoutKey.length > 0)
    lines.push(`Their own key is LOST (workspace-keys/ in the data folder): ${withoutKey.join(', ')}`)
  return lines.join('\n')
}

function describeKey({ version, fields, logins, workspaceKeys, withoutWorkspaceKey, newest, missing }: KeyState) {
  const unbound = withoutWorkspaceKey > 0 ? `, ${withoutWorkspaceKey} of them without the workspace's own key` : ''
  const mark = `${newest ? ' (seals)' : ''}${missing ? ' — MISSING from the keys' : ''}`
  return `key ${version}: ${fields} sealed fields${unbound}, ${logins} logins, ${workspaceKeys} workspace keys${mark}`
}

function describeColumn({ scope, table, column, holds, values }: ColumnUse): string {
  const counts = Object.entries(values).map(([version, count]) => `${count} under key ${version}`)
  return `${scope} ${table}.${column}: ${counts.join(', ') || 'none'} (${holds})`
}

function describeRotation({ version, activatedAt, finishedAt, done, total, broken }: Rotation): string {
  if (!activatedAt) return `Key ${version} is announced: it seals once every process has it.`
  if (!finishedAt) return `Moving to key ${version}: ${done} of ${total}.`
  return `Everything was moved to key ${version}${broken > 0 ? `, but ${broken} values that do not open` : ''}.`
}
