import { createSecretKey, type KeyObject } from 'node:crypto'

/**
 * The key ring from `KONTOR_KEYS` or the key file: `version:base64url-32-bytes` per line (or between commas), newest
 * first, so versions descend. Empty lines and lines that begin with `#` are skipped. Throws `KeysError`.
 */
export function parseKeys(text: string): KeyRing {
  const keys = new Map<number, KeyObject>()
  let previous = Number.POSITIVE_INFINITY
  for (const [position, entry] of entries(text).entries()) {
    const { version, bytes } = parseEntry(entry, position + 1)
    if (keys.has(version))
      throw new KeysError(`Key version ${version} is listed twice: keep one line for each version.`)
    if (version > previous)
      throw new KeysError(`Key version ${version} stands below version ${previous}: put the newest key first.`)
    const key = createSecretKey(bytes)
    const twin = keys.entries().find(([, other]) => other.equals(key))
    if (twin)
      throw new KeysError(`Key versions ${twin[0]} and ${version} are the same key: give each its own random key.`)
    keys.set(version, key)
    previous = version
  }
  const newest = keys.keys().next().value
  if (newest === undefined)
    throw new KeysError('There is no key: put `1:` and 32 random bytes in base64url in it, or run `kontor keys init`.')
  return { newest, versions: [...keys.keys()], get: version => keys.get(version) }
}

/** Holds keys as `KeyObject`s behind a function, so that logging or serialising a ring shows no key material. */
export type KeyRing = {
  newest: number
  /** Newest first. */
  versions: readonly number[]
  get(version: number): KeyObject | undefined
}

/** Keys that cannot be used. The message is one sentence that says what to do and holds no key material. */
export class KeysError extends Error {
  override name = 'KeysError'
}

/** The newest key of the ring, with which everything new is made. */
export function newestKey(ring: KeyRing): KeyObject {
  return requireKey(ring, ring.newest)
}

/** The key of a version that is in use. Throws `KeysError` when the ring has lost it. */
export function requireKey(ring: KeyRing, version: number): KeyObject {
  const key = ring.get(version)
  if (!key) throw new KeysError(`Key version ${version} is missing: add it to the key file again.`)
  return key
}

function entries(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
}

function parseEntry(entry: string, position: number): { version: number; bytes: Buffer } {
  const match = /^([1-9]\d{0,8}):(.*)$/.exec(entry)
  if (!match?.[1])
    throw new KeysError(`Key number ${position} does not look like \`version:key\`: write it as \`1:\` and the key.`)
  const bytes = Buffer.from(match[2] ?? '', 'base64url')
  if (bytes.toString('base64url') !== match[2]?.replace(/=$/, ''))
    throw new KeysError(`Key version ${match[1]} is not base64url: write 32 random bytes as 43 base64url characters.`)
  if (bytes.length !== 32)
    throw new KeysError(
      `Key version ${match[1]} has ${bytes.length} bytes: replace it by 32 random bytes in base64url.`,
    )
  return { version: Number(match[1]), bytes }
}
