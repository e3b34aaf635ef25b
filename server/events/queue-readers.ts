import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Platform } from '#server/database/platform.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { EventHub } from '#server/events/hub.ts'
import type { Jobs } from '#server/jobs/jobs.ts'

const gatherMs = 25
// While writes follow each other: a job for each moment of them would cost more than the writes.
const busyGatherMs = 250
const promisedMs = 60_000
const promiseAgainMs = 20_000
const mostPromises = 20_000

/**
 * Enqueues the job that reads a workspace's events. Twice: `promise`, before a write commits, puts a job a minute
 * ahead into the queue, so that a process killed between commit and wake-up loses nothing; and each wake-up enqueues
 * one for now. So only workspaces that were written to are ever opened, however many there are.
 */
export function queueReaders({
  events,
  jobs,
  platform,
  log,
}: {
  events: EventHub
  jobs: Jobs
  platform: Platform
  log: Logger
}) {
  const promised = new Map<string, number>()
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let enqueuedAt = Number.NEGATIVE_INFINITY
  const off = events.onAnyWake((schema, relayed) => {
    if (relayed) return
    gathered.add(schema)
    timer ??= setTimeout(enqueue, performance.now() - enqueuedAt < busyGatherMs ? busyGatherMs : gatherMs)
  })
  return {
    /** Costs one insert for each workspace and process in 20 seconds of writing; the job outlives any write's time limit. */
    async promise({ id, schema }: Pick<WorkspaceAddress, 'id' | 'schema'>): Promise<void> {
      const now = performance.now()
      const last = promised.get(schema)
      if (last !== undefined && now - last < promiseAgainMs) return
      remember(promised, schema, now)
      await add(id, { key: `read-events/${id}/later`, delayMs: promisedMs })
    },
    async close() {
      off()
      clearTimeout(timer)
      await enqueue()
    },
  }

  async function enqueue(): Promise<void> {
    const schemas = [...gathered]
    gathered.clear()
    timer = undefined
    enqueuedAt = performance.now()
    for (const id of await idsOf(schemas)) await add(id, { key: `read-events/${id}` })
  }

  async function add(id: string, options: { key: string; delayMs?: number }): Promise<void> {
    await jobs
      .add('read-events', { workspaceId: id }, { ...options, queue: `read-events/${id}` })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the readers of events were not called; the next write calls them'),
      )
  }

  /** Asked of the directory each time: what is being deleted leaves no job behind. */
  async function idsOf(schemas: string[]): Promise<string[]> {
    if (schemas.length === 0) return []
    const rows = await platform.db
      .selectFrom('workspace')
      .select('id')
      .where(eb => eb('schema', '=', eb.fn.any(sql.val(schemas))))
      .where('status', '<>', 'deleting')
      .execute()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the readers of events are called by what was promised')
        return []
      })
    return rows.map(row => row.id)
  }
}

function remember(map: Map<string, number>, key: string, value: number): void {
  if (map.size >= mostPromises && !map.has(key)) map.delete(map.keys().next().value!)
  map.set(key, value)
}
