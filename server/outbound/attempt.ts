import type { Clock } from '#server/clock.ts'
import { RefusedDestinationError } from '#server/outbound/check-destination.ts'

/** What a receiver answered: the status, and the beginning of its words. */
export type Reply = { status: number; answer: string }
/** What came of sending once: an answer, or in words why there is none. */
export type Attempt = {
  at: string
  durationMs: number
  responseStatus: number | null
  answer: string | null
  error: string | null
}

/** Sends once. @returns undefined where there was nothing to say; it never throws. */
export async function attempt(clock: Clock, send: () => Promise<Reply | undefined>): Promise<Attempt | undefined> {
  const at = clock.now().toString({ fractionalSecondDigits: 3 })
  const began = performance.now()
  const durationMs = () => Math.round(performance.now() - began)
  try {
    const reply = await send()
    if (reply === undefined) return undefined
    return { at, durationMs: durationMs(), responseStatus: reply.status, answer: reply.answer, error: null }
  } catch (error) {
    return { at, durationMs: durationMs(), responseStatus: null, answer: null, error: reasonOf(error) }
  }
}

export function hasArrived({ responseStatus }: Attempt): boolean {
  return responseStatus !== null && responseStatus >= 200 && responseStatus < 300
}

/** The outcome in a few words, as a webhook shows it. */
export function outcomeOf(made: Attempt): string {
  if (made.error !== null) return made.error
  return hasArrived(made) ? `${made.responseStatus}` : `answered ${made.responseStatus}`
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedDestinationError) return error.message
  const { name, code, message } = error as Error & { code?: string }
  return name === 'TimeoutError' || name === 'AbortError'
    ? 'no answer within 10 seconds'
    : `not reached: ${code ?? message}`.slice(0, 200)
}
