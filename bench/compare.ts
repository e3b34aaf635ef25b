/** The value that so large a part of all of them is below: 0.5 gives the median. */
export function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0
}

/** Mann and Whitney's U as a share: of all pairs, in how many the first is the larger one. */
export function guess(first: readonly number[], second: readonly number[]): number {
  const won = (a: number) => second.reduce((sum, b) => sum + (a > b ? 1 : a === b ? 0.5 : 0), 0)
  return first.reduce((sum, a) => sum + won(a), 0) / (first.length * second.length)
}
