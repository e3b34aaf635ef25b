/**
 * The bytes of standard base64 (RFC 4648, section 4), or undefined: `Buffer.from` alone drops what it does not know, and
 * takes bits that nobody reads, so that two texts would mean the same bytes.
 */
export function decodeBase64(text: unknown, length?: number): Buffer | undefined {
  if (typeof text !== 'string') return undefined
  const bytes = Buffer.from(text, 'base64')
  const isStrict = bytes.toString('base64') === text
  return isStrict && (length === undefined || bytes.length === length) ? bytes : undefined
}
