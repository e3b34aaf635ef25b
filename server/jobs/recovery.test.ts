import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loginAs } from '#server/database/server.ts'
import { watchWorkers } from '#server/jobs/recovery.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

let world: World
const log = pino({ level: 'silent' })
const login = () => loginAs(world.server, keys, 'kontor_jobs')
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const held = () =>
  world.superuser<{ pid: number }>(`select l.pid from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1
    and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended('pool-of-the-test', 0) and l.granted`)

async function lockAJob(name: string): Promise<void> {
  await world.services.jobs.add('clean-up', {})
  await world.superuser(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = $1 where id = (
       select max(id) from graphile_worker._private_jobs)`,
    [name],
  )
}

const lockedBy = async () => {
  const rows = await world.superuser<{ locked_by: string }>(
    'select locked_by from graphile_worker._private_jobs where locked_by is not null order by 1',
  )
  return rows.map(row => row.locked_by)
}

test('the jobs of a worker that is gone are given back, those of a living one are not', async () => {
  const alive = await watchWorkers(login(), log)
  alive.events.emit('pool:create', { workerPool: { id: 'pool-of-the-test' } })
  await vi.waitFor(async () => expect(await held()).toHaveLength(1))
  await lockAJob('pool-of-the-test')
  await lockAJob('pool-that-was-killed')
  const next = await watchWorkers(login(), log)
  expect(await lockedBy()).toEqual(['pool-of-the-test'])
  await Promise.all([alive.stop(), next.stop()])
})

test('a worker whose connection was cut takes its lock again before it looks for the dead', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const watch = await watchWorkers(login(), log)
  watch.events.emit('pool:create', { workerPool: { id: 'pool-of-the-test' } })
  await vi.waitFor(async () => expect(await held()).toHaveLength(1))
  const [{ pid } = { pid: 0 }] = await held()
  await lockAJob('pool-of-the-test')
  await world.superuser('select pg_terminate_backend($1)', [pid])
  await vi.waitFor(async () => expect(await held()).toHaveLength(0))
  await vi.waitFor(async () => {
    vi.advanceTimersByTime(15_000)
    expect(await held()).toHaveLength(1)
  })
  expect(await lockedBy()).toContain('pool-of-the-test')
  vi.useRealTimers()
  await watch.stop()
})
