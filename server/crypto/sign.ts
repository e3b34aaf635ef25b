import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * A signed text for a cursor or a link: `base64url(payload).base64url(MAC)`. The payload can be read by anyone, and used
 * only with the same key (`signingKey`) and purpose.
 */
export function signValue(key: Buffer, purpose: string, payload: string): string {
  if (!payload.isWellFormed()) throw new TypeError('Only well-formed Unicode can be signed.')
  return `${Buffer.from(payload, 'utf8').toString('base64url')}.${mac(key, purpose, payload).toString('base64url')}`
}

/** The payload, or undefined when the text is not exactly what `signValue` gave for this key and purpose. */
export function verifyValue(key: Buffer, purpose: string, signed: string): string | undefined {
  const [encoded, signature, ...rest] = signed.split('.')
  if (encoded === undefined || signature === undefined || rest.length > 0) return undefined
  const payload = Buffer.from(encoded, 'base64url').toString('utf8')
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== MAC_BYTES || !timingSafeEqual(given, mac(key, purpose, payload))) return undefined
  // Decoding drops bad characters silently: only the one canonical spelling counts.
  return signValue(key, purpose, payload) === signed ? payload : undefined
}

/** 128 bits are beyond guessing, and keep links short (RFC 2104, section 5: at least half of the hash). */
const MAC_BYTES = 16

/** The purpose's length comes first, so that no purpose and payload read as another pair. */
function mac(key: Buffer, purpose: string, payload: string): Buffer {
  const framed = `${Buffer.byteLength(purpose)}:${purpose}${payload}`
  return createHmac('sha256', key).update(framed, 'utf8').digest().subarray(0, MAC_BYTES)
}
