import { type Logger, pino } from 'pino'
import type { Config } from '#server/config/config.ts'

/** The log: one JSON object a line. What could hold a secret never gets into it. */
export function createLog({ logLevel }: Config): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { req: requestFacts, err: errorFacts },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}

type Request = { method: string; url: string; id: unknown; ip?: string }

// Paths only: a query or a header could hold a token, a name, or words of a search. A link's token is in its path.
function requestFacts({ method, url, id }: Request) {
  return { method, path: url.split('?')[0]?.replace(/(\/(?:join|invitations)\/[^/]+\/)[^/]+/, '$1…'), id }
}

// A database error carries the row ("detail") and the statement's parameters; only what identifies the fault is kept.
function errorFacts(error: Error & { code?: string; constraint?: string; table?: string }) {
  const { name, message, code, constraint, table, stack } = error
  return {
    name,
    message: code && /^[0-9A-Z]{5}$/.test(code) ? undefined : message,
    code,
    constraint,
    table,
    stack: stack?.split('\n').slice(1, 8).join('\n'),
  }
}
