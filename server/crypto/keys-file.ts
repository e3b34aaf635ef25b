import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { type KeyRing, KeysError, parseKeys } from './keys.ts'

/**
 * Makes the key file with one random key, version 1, mode 0600. It appears complete or not at all, and an existing one is
 * never overwritten (`KeysError`): whoever loses the keys loses every sealed field.
 */
export function createKeysFile(path: string): KeyRing {
  const draft = writeDraft(path, `1:${randomBytes(32).toString('base64url')}\n`)
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    throw new KeysError(`The key file ${path} exists already: move it away first if you really want new keys.`)
  } finally {
    rmSync(draft)
  }
  syncFolder(path)
  return loadKeysFile(path)
}

/** The key ring in the file. Throws `KeysError` when it is missing, holds bad keys, or others than its owner may read it. */
export function loadKeysFile(path: string): KeyRing {
  return parseKeys(readGuarded(path))
}

/** Looks at the open file, not at its path, so that what is checked is what is read. */
function readGuarded(path: string): string {
  const file = openOrExplain(path)
  try {
    if (!isPrivate(fstatSync(file)))
      throw new KeysError(`The key file ${path} can be read by others: run \`chmod 600 ${path}\`, then start again.`)
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/**
 * As PostgreSQL does for its private key (https://www.postgresql.org/docs/current/ssl-tcp.html): 0600, or 0640 when root
 * owns it, which is how orchestrators mount a secret for a service's group.
 */
function isPrivate({ mode, uid }: Stats): boolean {
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

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } catch (error) {
    rmSync(draft)
    throw error
  } finally {
    closeSync(file)
  }
  return draft
}

/** A new name survives a power cut only when its folder is synced too. */
function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
