import { EventEmitter } from 'node:events'
import type pg from 'pg'
import type { Logger } from 'pino'
import { connectAs } from '#server/database/connect-as.ts'
import type { Login } from '#server/database/server.ts'

const sweepEveryMs = 15_000

/**
 * Gives back the jobs of workers that were killed. Each worker holds an advisory lock for as long as its process lives
 * and is connected, so a worker that has jobs and no lock is gone. Without this, graphile-worker leaves such jobs
 * locked for four hours.
 */
export async function watchWorkers(
  login: Login,
  log: Logger,
): Promise<{ events: EventEmitter; stop(): Promise<void> }> {
  const names = new Set<string>()
  let client: pg.Client | undefined
  let turn = Promise.resolve()
  const events = new EventEmitter()
  // Jobs are locked in the name of the pool, not of one of its workers.
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
    names.add(workerPool.id)
    inTurn(open => open.query(takeLock, [workerPool.id]))
  })
  const sweep = () => inTurn(open => open.query(freeTheDead))
  const timer = setInterval(sweep, sweepEveryMs).unref()
  await sweep()
  return {
    events,
    async stop() {
      clearInterval(timer)
      await turn
      await client?.end()
    },
  }

  /** One statement at a time; one that fails is reported, and the next sweep tries again. */
  function inTurn(work: (open: pg.Client) => Promise<unknown>): Promise<void> {
    turn = turn.then(async () => {
      try {
        await work(client ?? (await connect()))
      } catch (error) {
        log.warn({ err: error }, 'the jobs of dead workers could not be looked for')
      }
    })
    return turn
  }

  /** A connection that was lost took its locks along: they are taken again before anything is swept. */
  async function connect(): Promise<pg.Client> {
    const fresh = await connectAs(login)
    const forget = () => {
      if (client === fresh) client = undefined
    }
    fresh.on('error', forget)
    fresh.on('end', forget)
    for (const name of names) await fresh.query(takeLock, [name])
    client = fresh
    return fresh
  }
}

const takeLock = 'select pg_advisory_lock(hashtextextended($1, 0))'

// A worker's lock is looked up rather than tried, so that two sweepers do not take each other for the living.
const freeTheDead = `
  select graphile_worker.force_unlock_workers(array_agg(locked_by))
  from (select distinct locked_by from graphile_worker.jobs where locked_by is not null) as busy
  where not exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.objsubid = 1
      and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(busy.locked_by, 0))
  having count(*) > 0`
