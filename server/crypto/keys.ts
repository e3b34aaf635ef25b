import { createSecretKey, type KeyObject } from 'node:crypto'

/** The key ring of a text (`readKeys`), which stays as it is. */
export function parseKeys(text: string): KeyRing {
  return createKeyRing(readKeys(text))
}

/** A ring of these keys; with a source, it takes up what is added there or taken away. */
export function createKeyRing(first: Keys, source?: KeySource): KeyRing {
  let keys = first
  let sealing: number | undefined

  function take(changed: Keys | undefined): void {
    if (changed) keys = changed
  }

  function find(version: number): KeyObject | undefined {
    const known = keys.get(version)
    if (known || !source) return known
    try {
      take(source.check())
    } catch {
      // What is wrong with the source is told by `refresh`, which is called every second.
    }
    return keys.get(version)
  }

  return {
    get newest() {
      return sealing ?? keys.keys().next().value!
    },
    get versions() {
      return [...keys.keys()]
    },
    get: find,
    refresh: () => take(source?.check()),
    async learn(version) {
      if (!find(version)) take(await source?.fetch())
      return keys.has(version)
    },
    sealWith(version) {
      if (!find(version))
        throw new KeysError(
          `Key version ${version} seals in this installation and is missing here: add it to the keys.`,
        )
      sealing = version
    },
  }
}

/** Holds keys as `KeyObject`s behind a function, so that logging or serialising a ring shows no key material. */
export type KeyRing = {
  /** The one that seals: the newest, but for the moment in which a rotation waits until every process has it. */
  readonly newest: number
  /** All of them, newest first. */
  readonly versions: readonly number[]
  /** One that is not known is looked for in the source first, where that is at hand. */
  get(version: number): KeyObject | undefined
  /** Takes up what changed in the source, where that is at hand. Throws when the source is not readable any more. */
  refresh(): void
  /** Looks for a version wherever the keys come from. @returns whether it is there. */
  learn(version: number): Promise<boolean>
  /** Makes this version the one that seals. */
  sealWith(version: number): void
}

export type Keys = ReadonlyMap<number, KeyObject>

/** Where keys come from: `check` is at hand and answers at once, `fetch` may take its time. Undefined: nothing new. */
export type KeySource = { check(): Keys | undefined; fetch(): Promise<Keys | undefined> }

/**
 * The keys in the text of `KONTOR_KEYS` or of the key file: `version:base64url-32-bytes` per line (or between commas),
 * newest first, so versions descend. Empty lines and lines that begin with `#` are skipped. Throws `KeysError`.
 */
export function readKeys(text: string): Keys {
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
  if (keys.size === 0)
    throw new KeysError('There is no key: put `1:` and 32 random bytes in base64url in it, or run `kontor keys init`.')
  return keys
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
