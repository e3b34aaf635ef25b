import { run, type TaskList } from 'graphile-worker'
import { openPool } from '#server/database/connect-as.ts'
import { loginAs } from '#server/database/server.ts'
import type { JobName, JobPayloads } from '#server/jobs/jobs.ts'
import { queueLogger } from '#server/jobs/queue-logger.ts'
import { watchWorkers } from '#server/jobs/recovery.ts'
import { schedules } from '#server/jobs/schedules.ts'
import type { Services } from '#server/services.ts'

type Handlers = { [N in JobName]: (services: Services, payload: JobPayloads[N], signal: AbortSignal) => Promise<void> }

/** Runs jobs until `stop`, which lets the running ones finish for at most 20 seconds. */
export async function startWorker(services: Services, handlers: Handlers): Promise<{ stop(): Promise<void> }> {
  const { server } = services.database
  const login = loginAs(server, services.keys, 'kontor_jobs')
  const pool = openPool(login, { max: 6 })
  const warn = (error: Error) => services.log.warn({ err: error }, 'a connection of the worker was lost')
  pool.on('error', warn)
  pool.on('connect', client => void client.on('error', warn))
  const watch = await watchWorkers(login, services.log)
  const runner = await run({
    pgPool: pool,
    concurrency: 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: queueLogger(services.log),
    gracefulShutdownAbortTimeout: 20_000,
    taskList: taskList(services, handlers),
    parsedCronItems: schedules,
    events: watch.events,
  })
  return {
    async stop() {
      await runner
        .stop()
        .catch((error: unknown) => services.log.warn({ err: error }, 'the worker did not stop cleanly'))
      await watch.stop()
      await pool.end()
    },
  }
}

function taskList(services: Services, handlers: Handlers): TaskList {
  const entries = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (payload: unknown, { abortSignal, job }: { abortSignal?: AbortSignal; job: { attempts: number } }) => {
      try {
        await handle(services, payload as never, abortSignal ?? new AbortController().signal)
      } catch (error) {
        services.log.error({ err: error, job: name, attempt: job.attempts }, 'a job failed; it is tried again')
        throw error
      }
    },
  ])
  return Object.fromEntries(entries)
}
