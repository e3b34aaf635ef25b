import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#server/config/config.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { isPrivate } from '#server/crypto/keys-file.ts'
import { createPrivateFile, isCode, replacePrivateFile } from '#server/crypto/private-file.ts'
import {
  idOf,
  makeSigningKey,
  NoteError,
  parseSigningKey,
  parseVerifierKey,
  type SigningKey,
  type VerifierKey,
} from './note.ts'

/** Read anew at each call, so that every process signs with the same key from the moment that it is replaced. */
export type AuditKeys = {
  /**
   * The key that signs checkpoints and exports, in `<data>/audit-key`.
   * @throws KeysError when it is missing or cannot be used, or is not the one that has signed until now.
   */
  signing(): SigningKey
  /** The public keys of all that have signed here, in `<data>/audit-keys`, the newest last. @throws KeysError */
  known(): VerifierKey[]
}

/**
 * The keys of an installation. A new one gets its first, whose name says where it is from and stays when the server
 * moves; where something was signed before, none is made, because a key that changes unnoticed could hide a swap.
 */
export function openAuditKeys({ dataDir, publicUrl }: Pick<Config, 'dataDir' | 'publicUrl'>): AuditKeys {
  const keys = auditKeysIn(dataDir)
  if (!hasSigned(dataDir)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    // Of two processes that make it at once, the second takes the key of the first.
    createPrivateFile(keyPath(dataDir), `${makeSigningKey(`${publicUrl?.host ?? 'localhost'}/audit`).skey}\n`)
  }
  if (keys.known().length === 0) adopt(dataDir)
  return keys
}

/** The same, and nothing is made. */
export function auditKeysIn(dataDir: string): AuditKeys {
  const known = () => readKnown(dataDir)
  return { known, signing: () => requireNewest(readKey(keyPath(dataDir)), known().at(-1), keyPath(dataDir)) }
}

/** Puts a new key in the place of the one that is there, which is kept beside it. */
export function putSigningKey(dataDir: string, key: SigningKey): void {
  const path = keyPath(dataDir)
  try {
    renameSync(path, `${path}.before-${key.id.toString('hex')}`)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
  createPrivateFile(path, `${key.skey}\n`)
  // Last: until then the new key is one that has not signed, so that whoever is killed in between starts again.
  writeKnown(dataDir, [...readKnown(dataDir), key])
}

const keyPath = (dataDir: string) => join(dataDir, 'audit-key')
const knownPath = (dataDir: string) => join(dataDir, 'audit-keys')
const wayOn = 'If it is lost, `kontor audit key --replace` goes on with a new one and says so in every history.'

/** What there was before the list of keys was kept: one key, which every signature is of. */
function adopt(dataDir: string): void {
  try {
    const key = readKey(keyPath(dataDir))
    if (key) writeKnown(dataDir, [key])
  } catch (error) {
    // Whoever needs it is told.
    if (!(error instanceof KeysError)) throw error
  }
}

function hasSigned(dataDir: string): boolean {
  const isThere = (read: () => unknown) => {
    try {
      return Boolean(read())
    } catch (error) {
      return !isCode(error, 'ENOENT')
    }
  }
  return (
    isThere(() => fstatAt(keyPath(dataDir))) ||
    isThere(() => fstatAt(knownPath(dataDir))) ||
    isThere(() => readdirSync(join(dataDir, 'audit-checkpoints')).length)
  )
}

function fstatAt(path: string): boolean {
  closeSync(openSync(path, 'r'))
  return true
}

function requireNewest(key: SigningKey | undefined, newest: VerifierKey | undefined, path: string): SigningKey {
  if (!key) throw new KeysError(`The audit key ${path} is missing: put it back from your backup. ${wayOn}`)
  if (newest && newest.vkey !== key.vkey)
    throw new KeysError(
      `The audit key ${path} is ${idOf(key)}, and ${idOf(newest)} has signed until now: put that one back. ${wayOn}`,
    )
  return key
}

function readKey(path: string): SigningKey | undefined {
  const file = openOrExplain(path)
  if (file === undefined) return undefined
  try {
    if (!isPrivate(fstatSync(file)))
      throw new KeysError(`The audit key ${path} can be read by others: run \`chmod 600 ${path}\`.`)
    return parseSigningKey(readFileSync(file, 'utf8').trimEnd())
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new KeysError(`The audit key ${path} is damaged: put it back from your backup. ${wayOn}`)
  } finally {
    closeSync(file)
  }
}

function openOrExplain(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    if (isCode(error, 'EACCES'))
      throw new KeysError(`The audit key ${path} cannot be read: make the account that runs Kontor its owner.`)
    throw error
  }
}

function readKnown(dataDir: string): VerifierKey[] {
  const path = knownPath(dataDir)
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(parseVerifierKey)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    if (!(error instanceof NoteError)) throw error
    throw new KeysError(`The list of public audit keys ${path} is damaged: put it back from your backup.`)
  }
}

function writeKnown(dataDir: string, keys: readonly VerifierKey[]): void {
  replacePrivateFile(knownPath(dataDir), keys.map(({ vkey }) => `${vkey}\n`).join(''))
}
