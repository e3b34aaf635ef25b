export type ByteRange = { start: number; end: number }

/**
 * The one range of bytes that a `Range` header asks for (RFC 9110, 14.2), both ends included. Undefined: the whole
 * file, also for several ranges and for units that we do not know; null: there is no such range.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined | null {
  const [, first, last] = header?.match(/^bytes=(\d{0,15})-(\d{0,15})$/) ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  if (first === '')
    return Number(last) === 0 || sizeBytes === 0
      ? null
      : { start: Math.max(0, sizeBytes - Number(last)), end: sizeBytes - 1 }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= sizeBytes) return null
  return { start, end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) }
}
