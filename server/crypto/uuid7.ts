import { randomUUID } from 'node:crypto'

/**
 * A UUIDv7 greater than every one this process made before, so that ids of one transaction sort in the order of their
 * making. `randomUUIDv7` of Node gives no order within a millisecond. Source: RFC 9562, 5.7 and 6.2 method 1,
 * https://www.rfc-editor.org/rfc/rfc9562#name-monotonicity-and-counters
 */
export function uuid7(): string {
  // Its random part is ready to be taken over. Node draws for 128 of them at once, which takes a quarter of the time.
  const random = randomUUID()
  advance(Date.now(), Number.parseInt(random.slice(0, 3), 16) & SEED_MASK)
  const time = milliseconds.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${random.slice(19)}`
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
