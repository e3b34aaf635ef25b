import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds for which a code is shown. */
const STEP_SECONDS = 30
const DIGITS = 6
/** Steps before and after the present one whose codes are taken: clocks differ, and typing takes time. */
const DRIFT = 1

/**
 * The time step (RFC 6238, section 4) whose code this is, near an instant; undefined when it is none of theirs. The
 * caller sees to it that no step counts twice. SHA-1 and 30 seconds are what authenticator apps understand.
 */
export function stepOfCode(secret: Buffer, code: string, now: Temporal.Instant): number | undefined {
  const given = Buffer.from(code)
  const present = Math.floor(now.epochMilliseconds / 1000 / STEP_SECONDS)
  let found: number | undefined
  for (let step = present - DRIFT; step <= present + DRIFT; step++) {
    const expected = Buffer.from(codeOfStep(secret, step))
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = step
  }
  return found
}

/** The code of a time step: HOTP (RFC 4226, section 5.3) with the step as its counter. */
export function codeOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac[mac.length - 1]! & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** What an app scans: https://github.com/google/google-authenticator/wiki/Key-Uri-Format. */
export function totpUri(secret: Buffer, account: string): string {
  const label = `${encodeURIComponent('Kontor')}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Kontor&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
}

/** Base32 (RFC 4648, section 6) without padding, as apps take it. */
export function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
