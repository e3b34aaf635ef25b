import type { Logger } from 'pino'

const patienceMs = 25_000
const sameRequestMs = 3_000

/**
 * Ends the process cleanly on SIGINT or SIGTERM: runs `stops` in order, for 25 seconds at most. A terminal and npm
 * may both deliver one Ctrl-C, so only a signal seconds later is taken as impatience and ends at once.
 */
export function stopOnSignal(stops: (() => Promise<void>)[], log: Logger) {
  const { promise: done, resolve } = Promise.withResolvers<void>()
  let stoppingSince: number | undefined
  const now = async (code: number) => {
    if (stoppingSince !== undefined) return
    stoppingSince = performance.now()
    const timer = setTimeout(() => {
      log.error('not everything ended in time')
      process.exit(1)
    }, patienceMs)
    for (const stop of stops)
      await stop().catch((error: unknown) => log.error({ err: error }, 'something did not stop cleanly'))
    clearTimeout(timer)
    process.exitCode = code
    resolve()
    // What is still open (a keep-alive timer, a socket of a library) has no business any more.
    setTimeout(() => process.exit(code), 500).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stoppingSince === undefined) void now(0)
      else if (performance.now() - stoppingSince > sameRequestMs) process.exit(1)
    })
  }
  return { done, now }
}
