import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs'
import { createKeyRing, type KeyRing, type KeySource, KeysError, readKeys } from './keys.ts'
import { createPrivateFile, isCode, replacePrivateFile } from './private-file.ts'

/**
 * Makes the key file with one random key, version 1, mode 0600. It appears complete or not at all, and an existing one is
 * never overwritten (`KeysError`): whoever loses the keys loses every sealed field.
 */
export function createKeysFile(path: string): KeyRing {
  if (!createPrivateFile(path, `${newKeyLine(1)}\n`))
    throw new KeysError(`The key file ${path} exists already: move it away first if you really want new keys.`)
  return loadKeysFile(path)
}

/**
 * The key ring in the file, which takes up what is added to it or taken from it later. Throws `KeysError` when it is
 * missing, holds bad keys, or others than its owner may read it.
 */
export function loadKeysFile(path: string): KeyRing {
  const source = fileSource(path)
  return createKeyRing(source.check()!, source)
}

/** Puts a new random key on top, one version up, keeping owner, mode and comments. @returns its version. */
export function addKeyToFile(path: string): number {
  const { text, stats } = readGuarded(path)
  const version = Math.max(...readKeys(text).keys()) + 1
  replace(path, `${newKeyLine(version)}\n${text}`, stats)
  return version
}

/** Takes a version out. The caller makes sure that nothing is sealed with it; the newest key is refused. */
export function removeKeyFromFile(path: string, version: number): void {
  const { text, stats } = readGuarded(path)
  const versions = [...readKeys(text).keys()]
  if (!versions.includes(version))
    throw new KeysError(`Key version ${version} is not in ${path}: nothing is left to retire.`)
  if (version === versions[0]) throw new KeysError(`Key version ${version} is the newest: rotate before you retire it.`)
  const kept = text.split(/[\n,]/).filter(line => !line.trim().startsWith(`${version}:`))
  replace(path, kept.join('\n'), stats)
}

/** A new random key as a line of the file. */
export function newKeyLine(version: number): string {
  return `${version}:${randomBytes(32).toString('base64url')}`
}

function fileSource(path: string): KeySource {
  let seen = ''
  return {
    check() {
      const now = stampOf(path)
      if (now !== undefined && now === seen) return undefined
      const { text, stats } = readGuarded(path)
      const keys = readKeys(text)
      seen = stamp(stats)
      return keys
    },
    fetch: async () => undefined,
  }
}

function stampOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && stamp(stats)
}

function stamp({ ino, mtimeMs, size }: Stats): string {
  return `${ino}/${mtimeMs}/${size}`
}

/** Looks at the open file, not at its path, so that what is checked is what is read. */
function readGuarded(path: string): { text: string; stats: Stats } {
  const file = openOrExplain(path)
  try {
    const stats = fstatSync(file)
    if (!isPrivate(stats))
      throw new KeysError(`The key file ${path} can be read by others: run \`chmod 600 ${path}\`, then start again.`)
    return { text: readFileSync(file, 'utf8'), stats }
  } finally {
    closeSync(file)
  }
}

/**
 * As PostgreSQL does for its private key (https://www.postgresql.org/docs/current/ssl-tcp.html): 0600, or 0640 when root
 * owns it, which is how orchestrators mount a secret for a service's group.
 */
export function isPrivate({ mode, uid }: Stats): boolean {
  return (mode & (uid === 0 ? 0o037 : 0o077)) === 0
}

function openOrExplain(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT'))
      throw new KeysError(`The key file ${path} is missing: put it back from your backup, or run \`kontor keys init\`.`)
    if (isCode(error, 'EACCES'))
      throw new KeysError(`The key file ${path} cannot be read: make the account that runs Kontor its owner.`)
    throw error
  }
}

function replace(path: string, text: string, stats: Stats): void {
  readKeys(text)
  replacePrivateFile(path, text, stats)
}
