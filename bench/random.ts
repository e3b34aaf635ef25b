export type Random = ReturnType<typeof createRandom>

/** Numbers that are the same in every run (mulberry32), so that every run has the same data and asks for the same. */
export function createRandom(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  /** A whole number, both ends included. */
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const pick = <T>(values: readonly T[]): T => values[between(0, values.length - 1)]!
  /** So many different ones. */
  const sample = <T>(values: readonly T[], count: number): T[] => {
    const left = [...values]
    return Array.from({ length: count }, () => left.splice(between(0, left.length - 1), 1)[0]!)
  }
  return { next, between, pick, sample }
}
