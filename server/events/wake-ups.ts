import type pg from 'pg'
import type { Logger } from 'pino'
import { connectAs } from '#server/database/connect-as.ts'
import type { Login } from '#server/database/server.ts'
import type { EventHub } from '#server/events/hub.ts'

const channel = 'kontor_events'
const gatherMs = 25
const reconnectMs = 500

/**
 * Carries wake-ups between processes, by NOTIFY on the queue's login. Sent after the write's commit and outside its
 * transaction: a NOTIFY inside would make all commits queue for one lock. The payload is the schema's name only.
 * Connects at the first write or the first reader.
 */
export function connectHub(events: EventHub, login: Login, log: Logger): { close(): Promise<void> } {
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let client: Promise<pg.Client> | undefined
  let closed = false
  const off = events.onAnyWake((schema, relayed) => {
    if (relayed || closed) return
    gathered.add(schema)
    timer ??= setTimeout(send, gatherMs)
  })
  const offReader = events.onReader(() => void connection().catch(() => undefined))
  return {
    async close() {
      closed = true
      off()
      offReader()
      clearTimeout(timer)
      clearTimeout(retry)
      await client?.then(open => open.end()).catch(() => undefined)
    },
  }

  /** One connection both tells and listens; PostgreSQL tells a listener also of what it sent itself. */
  function connection(): Promise<pg.Client> {
    client ??= open().catch(error => {
      lost(error)
      throw error
    })
    return client
  }

  async function open(): Promise<pg.Client> {
    const opened = await connectAs(login)
    opened.on('error', lost)
    opened.on('end', () => lost(undefined))
    opened.on('notification', ({ payload, processId }) => {
      if (payload && processId !== (opened as unknown as { processID: number }).processID) events.relay(payload)
    })
    await opened.query(`listen ${channel}`)
    events.wakeReaders()
    return opened
  }

  function lost(error: unknown): void {
    if (closed) return
    if (error) log.warn({ err: error }, 'wake-ups of other processes are missed for a moment')
    client = undefined
    retry ??= setTimeout(() => {
      retry = undefined
      connection().catch(() => undefined)
    }, reconnectMs).unref()
  }

  /** One at a time: what is gathered meanwhile goes with the next. */
  async function send(): Promise<void> {
    const schemas = [...gathered]
    gathered.clear()
    try {
      await (await connection()).query(`select pg_notify('${channel}', schema) from unnest($1::text[]) as schema`, [
        schemas,
      ])
    } catch (error) {
      lost(error)
    } finally {
      timer = gathered.size > 0 && !closed ? setTimeout(send, gatherMs) : undefined
    }
  }
}
