import { EventEmitter } from 'node:events'
import pg, { type ClientConfig } from 'pg'
import type { Logger } from 'pino'

const sweepEveryMs = 15_000

/**
 * Gives back the jobs of workers that were killed. Each worker holds an advisory lock for as long as its process
 * lives, so a worker that has jobs and no lock is gone. Without this, graphile-worker
 * leaves such jobs locked for four hours.
 */
export async function watchWorkers(
  login: ClientConfig,
  log: Logger,
): Promise<{ events: EventEmitter; stop(): Promise<void> }> {
  const client = new pg.Client(login)
  client.on('error', error => log.warn({ err: error }, 'the lock that shows this worker to be alive was lost'))
  await client.connect()
  const events = new EventEmitter()
  // Jobs are locked in the name of the pool, not of one of its workers.
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
    client.query('select pg_advisory_lock(hashtextextended($1, 0))', [workerPool.id]).catch(warn)
  })
  const sweep = () => client.query(freeTheDead).catch(warn)
  const timer = setInterval(sweep, sweepEveryMs).unref()
  await sweep()
  return {
    events,
    async stop() {
      clearInterval(timer)
      await client.end()
    },
  }

  function warn(error: unknown) {
    log.warn({ err: error }, 'the jobs of dead workers could not be looked for')
  }
}

// A worker's lock is looked up rather than tried, so that two sweepers do not take each other for the living.
const freeTheDead = `
  select graphile_worker.force_unlock_workers(array_agg(locked_by))
  from (select distinct locked_by from graphile_worker.jobs where locked_by is not null) as busy
  where not exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.objsubid = 1
      and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(busy.locked_by, 0))
  having count(*) > 0`
