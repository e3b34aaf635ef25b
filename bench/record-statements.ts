import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync } from 'node:fs'
import { Server } from 'node:http'
import { createRequire } from 'node:module'
import pg from 'pg'

// As node-postgres writes a value; its types do not mention it.
const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as { prepareValue(value: unknown): unknown }

/** A statement as it went to PostgreSQL, in text form as pgbench sends it too. */
export type Recorded = { mark: string; login: string; text: string; values: (string | null)[] }

/**
 * Loaded into a Kontor of its own (`node --import`) that is not measured: writes down every statement that belongs to a
 * request with the header `X-Bench-Mark`, so that pgbench gets what Kontor really sends.
 */
function record(file: string): void {
  const marks = new AsyncLocalStorage<string>()
  const emit = Server.prototype.emit
  Server.prototype.emit = function (this: Server, event: string, ...rest: unknown[]) {
    const mark = event === 'request' && (rest[0] as { headers: Record<string, string> }).headers['x-bench-mark']
    const go = () => emit.call(this, event as 'request', ...(rest as [never, never]))
    return mark ? marks.run(mark, go) : go()
  } as typeof emit
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const mark = marks.getStore()
    const [first] = given as [string | { text: string; values?: unknown[] }]
    if (mark) {
      const { text, values = [] } = typeof first === 'string' ? { text: first } : first
      const line: Recorded = { mark, login: this.user ?? '', text, values: values.map(toText) }
      appendFileSync(file, `${JSON.stringify(line)}\n`)
    }
    return query.apply(this, given)
  } as typeof pg.Client.prototype.query
}

function toText(value: unknown): string | null {
  const sent = prepareValue(value)
  if (sent === null || sent === undefined) return null
  return Buffer.isBuffer(sent) ? `\\x${sent.toString('hex')}` : String(sent)
}

if (process.env.BENCH_STATEMENTS) record(process.env.BENCH_STATEMENTS)
