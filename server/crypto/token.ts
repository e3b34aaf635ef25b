import { createHash, randomBytes, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** A session token: 256 random bits, 43 base64url characters. Only its hash is stored. */
export function sessionToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * An API token: `kontor_pat_`, 30 random base62 characters (178 bits), 6 of checksum. The prefix and the checksum let
 * secret scanners find a leaked one without asking us, as GitHub's do:
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function apiToken(): string {
  const body = `${PREFIX}${Array.from({ length: RANDOM_LENGTH }, () => BASE62[randomInt(62)]).join('')}`
  return body + checksum(body)
}

/** Whether a text has the form and the checksum of an API token: a typing error is refused without a query. */
export function isApiToken(text: string): boolean {
  return API_TOKEN.test(text) && text.endsWith(checksum(text.slice(0, -CHECKSUM_LENGTH)))
}

/** SHA-256, 32 bytes, to store and look up a random token by. Not for passwords or codes, which can be guessed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest()
}

/** Six digits, each of the million codes equally likely. */
export function sixDigitCode(): string {
  return randomInt(1_000_000).toString().padStart(6, '0')
}

const PREFIX = 'kontor_pat_'
const RANDOM_LENGTH = 30
const CHECKSUM_LENGTH = 6
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const API_TOKEN = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`)

/** CRC-32 of the prefix and the random part; six base62 characters hold all 32 bits. */
function checksum(body: string): string {
  let rest = crc32(body)
  let digits = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = BASE62[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}
