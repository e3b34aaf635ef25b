/**
 * Lets `atOnce` pieces of work run at a time; up to `waiting` others wait their turn, each for `patienceMilliseconds` at
 * most. Whoever cannot be served gets `OverloadedError`. Work can ask whether nobody else runs or waits.
 */
export function createSlots({ atOnce, waiting, patienceMilliseconds }: SlotLimits): Slots {
  let running = 0
  const queue: (() => void)[] = []

  function turn(): Promise<void> {
    if (queue.length >= waiting) return Promise.reject(new OverloadedError())
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(start), 1)
        reject(new OverloadedError())
      }, patienceMilliseconds)
      function start() {
        clearTimeout(timer)
        resolve()
      }
      queue.push(start)
    })
  }

  const isAlone = () => running === 1 && queue.length === 0

  return async work => {
    // Who ends hands its slot to the next in the queue, so `running` changes only when nobody waits.
    if (running < atOnce) running += 1
    else await turn()
    try {
      return await work(isAlone)
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}

export type SlotLimits = { atOnce: number; waiting: number; patienceMilliseconds: number }
export type Slots = <Result>(work: (isAlone: () => boolean) => Promise<Result>) => Promise<Result>

/** More work than the machine can do now: the HTTP layer answers 503 with `Retry-After`. */
export class OverloadedError extends Error {
  override name = 'OverloadedError'
  readonly retryAfterSeconds = 5
  constructor() {
    super('Too many sign-ins at once: try again in a few seconds.')
  }
}
