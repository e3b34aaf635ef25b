import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { parseOptions } from '@node-rs/argon2'
import { createSlots } from './hash-slots.ts'
import { createHashThreads, type HashTask } from './hash-threads.ts'

/** The Argon2id hash (PHC string) of a new password. Throws `OverloadedError` after 5 s in the queue. */
export function hashPassword(password: string): Promise<string> {
  requireHashable(password)
  return inHashSlot(hasher => hasher.hash(password))
}

/**
 * `needsRehash` says that the hash is right and weaker than today's parameters: store a new one. An account without a
 * password (null) takes the same time, and none is right.
 */
export function verifyPassword(password: string, stored: string | null): Promise<PasswordVerdict> {
  return inHashSlot(hasher => hasher.verify(password, stored))
}

/** Takes the time of `verifyPassword` and always says no: for an unknown account, so that the answer's time tells nothing. */
export function verifyDummy(): Promise<PasswordVerdict> {
  return inHashSlot(hasher => hasher.verify('', null))
}

/**
 * Runs `work` when it is its turn to hash: for what has to happen right before and after, as counting a failure. The
 * three above wait for a turn of their own, so they are not for use inside.
 */
export function inHashSlot<T>(work: (hasher: Hasher) => Promise<T>): Promise<T> {
  return slots(isAlone => {
    const run = (task: HashTask) => (isAlone() ? quick : patient)(task)
    return work({
      async hash(password) {
        requireHashable(password)
        return (await run({ kind: 'hash', password: password.normalize('NFC'), parameters })) as string
      },
      async verify(password, stored) {
        const isReal = stored !== null && isHashable(password)
        const task = isReal
          ? { password: password.normalize('NFC'), stored }
          : { password: 'any', stored: hashOfNothing() }
        const ok = (await run({ kind: 'verify', ...task })) === true && isReal
        return { ok, needsRehash: ok && isWeaker(stored) }
      },
    })
  })
}

export type Hasher = {
  hash(password: string): Promise<string>
  verify(password: string, stored: string | null): Promise<PasswordVerdict>
}
export type PasswordVerdict = { ok: boolean; needsRehash: boolean }

/** In code points after NFC. */
export const LONGEST_PASSWORD = 1024

/** Whether a text is worth hashing: megabytes are refused unread, with room for what NFC shortens. */
export function isHashable(password: string): boolean {
  return password.isWellFormed() && password.length <= LONGEST_PASSWORD * 4
}

function requireHashable(password: string): void {
  if (!isHashable(password)) throw new TypeError('Check a password with passwordProblem before hashing it.')
}

/**
 * Argon2id (the library's default algorithm), 64 MiB, 3 passes: RFC 9106's choice where memory is constrained, on one
 * lane instead of four, and above OWASP's 19 MiB × 2. A hash takes about 50 ms; three at once take 192 MiB.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, https://www.rfc-editor.org/rfc/rfc9106#section-4
 */
export const parameters: Parameters = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1, outputLen: 32 }
/** Read-only: nothing of the server can make hashes cheaper. Most tests do, in tests/setup/hash-cost.ts. */
type Parameters = Readonly<Record<'memoryCost' | 'timeCost' | 'parallelism' | 'outputLen', number>>

/** Told at the start how many processes share this machine, so that all together hash no more than twice per core. */
export function shareMachine(processes: number): void {
  if (processes !== sharedBy) slots = createSlots(limitsFor(processes))
  sharedBy = processes
}

// One hash fills a core, so more threads than cores win nothing; four, which sign in 80 a second, take 256 MiB.
const mostThreads = 4
function limitsFor(processes: number) {
  const fair = Math.max(1, Math.floor((availableParallelism() * 2) / processes))
  return { atOnce: Math.min(fair, availableParallelism(), mostThreads), waiting: 256, patienceMilliseconds: 5000 }
}
let sharedBy = 1
let slots = createSlots(limitsFor(sharedBy))

// Somebody who signs in alone does not wait for a busy machine; a crowd does not make it busy for others. Measured with
// 200 at once on 2 cores (bench/sign-in-burst.ts), p95 of other requests: 7.5 times the quiet one before, 1.4 to 1.9 since.
const quick = createHashThreads('quick')
const patient = createHashThreads('patient')

/** A well-formed hash with random bytes where the result would be. */
function hashOfNothing(): string {
  const { memoryCost, timeCost, parallelism } = parameters
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${result}`
}

function unpadded(size: number): string {
  return randomBytes(size).toString('base64').replaceAll('=', '')
}

const salt = unpadded(16)
const result = unpadded(32)

function isWeaker(stored: string): boolean {
  const { memoryCost, timeCost, outputLen } = parseOptions(stored)
  return (
    !stored.startsWith('$argon2id$v=19$') ||
    memoryCost < parameters.memoryCost ||
    timeCost < parameters.timeCost ||
    outputLen < parameters.outputLen
  )
}
