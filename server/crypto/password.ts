import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { createSlots } from './hash-slots.ts'

/** The Argon2id hash (PHC string) of a new password. Throws `OverloadedError` after 5 s in the queue. */
export function hashPassword(password: string): Promise<string> {
  if (!isHashable(password)) throw new TypeError('Check a password with passwordProblem before hashing it.')
  return inSlot(() => hash(password.normalize('NFC'), parameters))
}

/**
 * `needsRehash` says that the hash is right and weaker than today's parameters: store a new one. An account without a
 * password (null) takes the same time, and none is right.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<PasswordVerdict> {
  if (stored === null || !isHashable(password)) return verifyDummy()
  const ok = await inSlot(() => verify(stored, password.normalize('NFC')))
  return { ok, needsRehash: ok && isWeaker(stored) }
}

/** Takes the time of `verifyPassword` and always says no: for an unknown account, so that the answer's time tells nothing. */
export async function verifyDummy(): Promise<PasswordVerdict> {
  await inSlot(() => verify(dummy, 'no password has this hash'))
  return { ok: false, needsRehash: false }
}

export type PasswordVerdict = { ok: boolean; needsRehash: boolean }

/** In code points after NFC. */
export const LONGEST_PASSWORD = 1024

/** Whether a text is worth hashing: megabytes are refused unread, with room for what NFC shortens. */
export function isHashable(password: string): boolean {
  return password.isWellFormed() && password.length <= LONGEST_PASSWORD * 4
}

/**
 * Argon2id (the library's default algorithm), 64 MiB, 3 passes: RFC 9106's choice where memory is constrained, on one
 * lane instead of four, and above OWASP's 19 MiB × 2. A hash takes about 50 ms; three at once take 192 MiB.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, https://www.rfc-editor.org/rfc/rfc9106#section-4
 */
export const parameters = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1, outputLen: 32 } as const

/** Hashes run on libuv's threads (4 unless set); one always stays free for files and name look-ups. */
const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
const inSlot = createSlots({
  atOnce: Math.max(1, Math.min(availableParallelism() * 2, threads - 1)),
  waiting: 256,
  patienceMilliseconds: 5000,
})

/** A well-formed hash of nothing: random bytes where the result would be. */
const dummy = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$${unpadded(16)}$${unpadded(32)}`

function unpadded(size: number): string {
  return randomBytes(size).toString('base64').replaceAll('=', '')
}

function isWeaker(stored: string): boolean {
  const { memoryCost, timeCost, outputLen } = parseOptions(stored)
  return (
    !stored.startsWith('$argon2id$v=19$') ||
    memoryCost < parameters.memoryCost ||
    timeCost < parameters.timeCost ||
    outputLen < parameters.outputLen
  )
}
