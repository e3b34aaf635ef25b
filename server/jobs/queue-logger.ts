import { Logger } from 'graphile-worker'
import type { Logger as Log } from 'pino'

// A job's failure is reported by the job's own wrapper, without what the database says of the row; the rest is routine.
const levels = { error: 'debug', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** The queue's words in our log. */
export function queueLogger(log: Log): Logger {
  return new Logger(
    () => (level, message) => log[levels[level as keyof typeof levels] ?? 'debug']({ queue: true }, message),
  )
}
