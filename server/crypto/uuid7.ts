import { randomBytes } from 'node:crypto'

/**
 * A UUIDv7 greater than every one this process made before, so that ids of one transaction sort in the order of their
 * making. `randomUUIDv7` of Node gives no order within a millisecond. Source: RFC 9562, 5.7 and 6.2 method 1,
 * https://www.rfc-editor.org/rfc/rfc9562#name-monotonicity-and-counters
 */
export function uuid7(): string {
  const bytes = randomBytes(16)
  advance(Date.now(), bytes.readUInt16BE(6) & SEED_MASK)
  bytes.writeUIntBE(milliseconds, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const COUNTER_MAX = 0xfff
/** The counter starts in its lower half: at least 2,048 ids in a millisecond before it overflows. */
const SEED_MASK = 0x7ff
let milliseconds = 0
let counter = 0

/** A clock that stands still or goes back counts on; a full counter borrows from the next millisecond. */
function advance(now: number, seed: number): void {
  if (now > milliseconds) {
    milliseconds = now
    counter = seed
  } else if (counter < COUNTER_MAX) {
    counter += 1
  } else {
    milliseconds += 1
    counter = seed
  }
}
