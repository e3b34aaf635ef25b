import { Logger } from 'graphile-worker'
import type { Logger as Log } from 'pino'

// What the queue says routinely is of no interest; a job's failure is reported by the job's own wrapper.
const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** The queue's words in our log. */
export function queueLogger(log: Log): Logger {
  return new Logger(() => (level, message) => log[levels[level as keyof typeof levels] ?? 'debug']({ queue: true }, message))
}
