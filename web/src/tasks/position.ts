/** The position between two neighbours; at an end, one step beyond the last. */
export function between(before: number | undefined, after: number | undefined): number {
  if (before === undefined && after === undefined) return 0
  if (before === undefined) return after! - step
  if (after === undefined) return before + step
  return before + (after - before) / 2
}

const step = 1024
