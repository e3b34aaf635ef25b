import { makeWorkerUtils, type WorkerUtils } from 'graphile-worker'
import type { Logger } from 'pino'
import { openPool } from '#server/database/connect-as.ts'
import type { Login } from '#server/database/server.ts'
import type { Jobs } from '#server/jobs/jobs.ts'
import { queueLogger } from '#server/jobs/queue-logger.ts'

const table = 'graphile_worker._private_jobs'

/** The producing side of the queue. The queue lives in PostgreSQL, under a login of its own. */
export function openJobs(login: Login, log: Logger): Jobs & { migrate(): Promise<void>; close(): Promise<void> } {
  const pool = openPool(login, { max: 2, idleTimeoutMillis: 60_000 })
  const warn = (error: Error) => log.warn({ err: error }, 'a connection of the queue was lost')
  pool.on('error', warn)
  pool.on('connect', client => void client.on('error', warn))
  let utils: Promise<WorkerUtils> | undefined
  const open = () => {
    utils ??= makeWorkerUtils({ pgPool: pool, logger: queueLogger(log) }).catch(error => {
      utils = undefined
      throw error
    })
    return utils
  }
  return {
    async add(name, payload, { key, queue, delayMs } = {}) {
      await (await open()).addJob(name as string, payload, {
        maxAttempts: 10,
        ...(key ? { jobKey: key } : {}),
        ...(queue ? { queueName: queue } : {}),
        ...(delayMs ? { runAt: new Date(Date.now() + delayMs), jobKeyMode: 'preserve_run_at' as const } : {}),
      })
    },
    async countOf(workspaceId) {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from ${table} where payload ->> 'workspaceId' = $1`,
        [workspaceId],
      )
      return rows[0]?.count ?? 0
    },
    // The library's own functions find a job by its id or key, not by what it is about.
    async removeOf(workspaceId) {
      await pool.query(`delete from ${table} where payload ->> 'workspaceId' = $1 and locked_at is null`, [workspaceId])
    },
    async migrate() {
      await (await open()).migrate()
    },
    async close() {
      if (utils) await (await utils).release()
      await pool.end()
    },
  }
}
