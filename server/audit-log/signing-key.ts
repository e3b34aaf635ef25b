import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '#server/config/config.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { isPrivate } from '#server/crypto/keys-file.ts'
import { createPrivateFile, isCode } from '#server/crypto/private-file.ts'
import { makeSigningKey, NoteError, parseSigningKey, type SigningKey } from './note.ts'

/**
 * The key that signs checkpoints and exports, in `<data>/audit-key`; made where there is none. Load it once, at the start.
 * Its name says where it is from, and stays when the server moves. Throws `KeysError` when the file is not good.
 */
export function loadSigningKey(config: Pick<Config, 'dataDir' | 'publicUrl'>): SigningKey {
  const path = join(config.dataDir, 'audit-key')
  return readKey(path) ?? makeKey(path, `${config.publicUrl?.host ?? 'localhost'}/audit`)
}

/** Of two processes that make it at once, the second takes the key of the first. */
function makeKey(path: string, name: string): SigningKey {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  createPrivateFile(path, `${makeSigningKey(name).skey}\n`)
  return readKey(path)!
}

function readKey(path: string): SigningKey | undefined {
  const file = openOrExplain(path)
  if (file === undefined) return undefined
  try {
    if (!isPrivate(fstatSync(file)))
      throw new KeysError(`The audit key ${path} can be read by others: run \`chmod 600 ${path}\`, then start again.`)
    return parseSigningKey(readFileSync(file, 'utf8').trimEnd())
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new KeysError(`The audit key ${path} is damaged: put it back from your backup; nothing else can sign for it.`)
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
