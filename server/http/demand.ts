export type Demand = {
  asks(workspace: string): void
  isServed(workspace: string): void
  /** Whether a workspace had something to do a moment ago that stands so many steps below. */
  isAbove(workspace: string, by: 1 | 2): boolean
}

type Seen = { workspace: string; at: number }

/**
 * How much each workspace asks for at a time, in steps of four: 1–3 requests, 4–15, 16–63, 64 and more. Who stands two
 * steps above another asks for much more; one step is a browser with several windows, or a small script.
 * @param momentMs for how long somebody who began or ended something counts as there.
 */
export function createDemand(momentMs: number): Demand {
  const inFlight = new Map<string, number>()
  // On each step who was there last, and who was there last that was somebody else.
  const steps: { latest: Seen; other: Seen }[] = Array.from({ length: 4 }, () => ({ latest: nobody, other: nobody }))
  const stepOf = (workspace: string) => {
    const count = inFlight.get(workspace) ?? 1
    return count < 4 ? 0 : count < 16 ? 1 : count < 64 ? 2 : 3
  }

  return {
    asks(workspace) {
      inFlight.set(workspace, (inFlight.get(workspace) ?? 0) + 1)
      note(workspace)
    },
    isServed(workspace) {
      note(workspace)
      const left = (inFlight.get(workspace) ?? 1) - 1
      if (left > 0) inFlight.set(workspace, left)
      else inFlight.delete(workspace)
    },
    isAbove(workspace, by) {
      const since = performance.now() - momentMs
      const below = stepOf(workspace) - by + 1
      return steps.slice(0, Math.max(0, below)).some(({ latest, other }) => {
        const seen = latest.workspace === workspace ? other : latest
        return seen.at > since && stepOf(seen.workspace) < below
      })
    },
  }

  function note(workspace: string): void {
    const step = steps[stepOf(workspace)]!
    if (workspace !== step.latest.workspace) step.other = step.latest
    step.latest = { workspace, at: performance.now() }
  }
}

const nobody: Seen = { workspace: '', at: Number.NEGATIVE_INFINITY }
