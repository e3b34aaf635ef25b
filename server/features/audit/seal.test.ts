import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rootOf } from '#server/audit-log/merkle.ts'
import { rootAt } from '#server/audit-log/tiles.ts'
import { loginAs } from '#server/database/server.ts'
import { readEventsOf } from '#server/events/read-events.ts'
import { leafColumns, leafOfRow } from '#server/features/audit/leaf-rows.ts'
import { sealEvents } from '#server/features/audit/seal.ts'
import { sealAuditEvents, sealInTurn } from '#server/features/audit/seal-in-turn.ts'
import { signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { findSealed, tileReader } from '#server/features/audit/tree-queries.ts'
import { cleanUp } from '#server/jobs/clean-up.ts'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
})
afterAll(() => world.close())

const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const seal = () => sealEvents(world.services, acme())
const system = <T>(work: Parameters<World['services']['workspaces']['system']>[1]) =>
  world.services.workspaces.system(acme(), work) as Promise<T>
const addTags = (count: number, prefix: string) =>
  world.asWorkspace(
    world.acme.schema,
    `insert into tag (id, name) select gen_random_uuid(), '${prefix} ' || n from generate_series(1, ${count}) n`,
  )

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(loginAs(world.server, keys, world.acme.schema, 1))
  await client.connect()
  return client
}

type Place = { index: number; name: string | null }
const tags = (prefix: string) =>
  world.superuser<Place>(
    `select l.index::int, e.changes -> 'name' ->> 'to' as name
     from ${world.acme.schema}.audit_event e left join ${world.acme.schema}.audit_leaf l on l.event_id = e.id
     where e.changes -> 'name' ->> 'to' like $1 order by e.xid, e.seq`,
    [`${prefix} %`],
  )

/** All leaves, hashed anew, make the root that the tiles make; and each leaf is that of its event. */
async function expectWholeTree(): Promise<number> {
  return system(async db => {
    const rows = await db
      .selectFrom('audit_leaf')
      .innerJoin('audit_event', 'audit_event.id', 'audit_leaf.event_id')
      .select(leafColumns)
      .select(['audit_leaf.index', 'audit_event.xid', 'audit_event.seq'])
      .orderBy('audit_leaf.index')
      .execute()
    expect(rows.map(row => row.index)).toEqual(rows.map((_, index) => index))
    const order = rows.toSorted((a, b) => Number(BigInt(a.xid) - BigInt(b.xid)) || a.seq - b.seq)
    expect(order.map(row => row.id)).toEqual(rows.map(row => row.id))
    const { size } = await findSealed(db)
    expect(size).toBe(rows.length)
    const root = await rootAt(
      size,
      tileReader(() => db.selectFrom('audit_tile')),
    )
    expect(root).toEqual(rootOf(Buffer.concat(rows.map(leafOfRow))))
    return size
  })
}

test('settled events become leaves in commit order, over many tiles and batches, and only once', async () => {
  await addTags(1_400, 'many')
  expect(await seal()).toMatchObject({ left: 'nothing' })
  const size = await expectWholeTree()
  expect(size).toBeGreaterThan(1_400)
  expect(await seal()).toEqual({ sealed: 0, left: 'nothing' })
  await addTags(3, 'few')
  expect(await seal()).toEqual({ sealed: 3, left: 'nothing' })
  expect(await expectWholeTree()).toBe(size + 3)
})

test('a transaction that commits late is sealed in its place, and nothing before it is', async () => {
  const slow = await connect()
  await slow.query('begin')
  await slow.query(`insert into tag (id, name) values (gen_random_uuid(), 'late 1')`)
  await addTags(2, 'quick')
  expect(await seal()).toEqual({ sealed: 0, left: 'unsettled' })
  await slow.query('commit')
  await slow.end()
  expect(await seal()).toEqual({ sealed: 3, left: 'nothing' })
  const [late, ...quick] = [...(await tags('late')), ...(await tags('quick'))]
  expect(quick.map(each => each.index)).toEqual([late!.index + 1, late!.index + 2])
  await expectWholeTree()
})

test('workers that seal at once seal every event once', async () => {
  await addTags(1_800, 'at once')
  const results = await Promise.all([seal(), seal(), seal()])
  expect(results.reduce((sum, { sealed }) => sum + sealed, 0)).toBe(1_800)
  expect(results.map(({ left }) => left)).toEqual(['nothing', 'nothing', 'nothing'])
  await expectWholeTree()
})

test('a second process with the same position is refused, and nothing of it stays', async () => {
  const { size, xid, seq } = await system<Awaited<ReturnType<typeof findSealed>>>(findSealed)
  const again = world.asWorkspace(
    world.acme.schema,
    `select seal_audit_events_${world.acme.schema}($1, $2::text::xid8, $3, array(select event_id from audit_leaf where index = 0), '[]')`,
    [size - 1, xid, seq + 1],
  )
  await expect(again).rejects.toMatchObject({ code: '40001' })
  await expectWholeTree()
})

test('a process that is killed in a batch leaves whole batches, and the next one goes on', async () => {
  await addTags(1_200, 'killed')
  const blocker = await connect()
  await blocker.query('begin')
  await blocker.query('select from workspace for no key update')
  const sealing = seal().catch((error: Error) => error)
  await expect.poll(() => waitingForTheRow()).toHaveLength(1)
  const [{ pid } = { pid: 0 }] = await waitingForTheRow()
  await world.superuser('select pg_terminate_backend($1)', [pid])
  expect(await sealing).toBeInstanceOf(Error)
  await blocker.query('commit')
  await blocker.end()
  const sealedThen = (await tags('killed')).filter(({ index }) => index !== null)
  expect(sealedThen).toHaveLength(0)
  expect(await seal()).toEqual({ sealed: 1_200, left: 'nothing' })
  await expectWholeTree()
})

const waitingForTheRow = () =>
  world.superuser<{ pid: number }>(
    `select pid from pg_stat_activity where usename = $1 and wait_event_type = 'Lock' and datname = current_database()`,
    [world.acme.schema],
  )

test('a worker that stops, or whose turn is over, says that there is more', async () => {
  await addTags(1_100, 'turns')
  const first = await sealEvents(world.services, acme(), { forMs: 0 })
  expect(first).toEqual({ sealed: 500, left: 'more' })
  expect(await sealEvents(world.services, acme(), { signal: AbortSignal.abort() })).toEqual(first)
  expect(await seal()).toEqual({ sealed: 100, left: 'nothing' })
})

test('the job that follows events seals them, although notifying fails', async () => {
  const { services } = world
  await world.superuser(`alter table ${world.acme.schema}.workspace rename column notified_seq to notified_elsewhere`)
  await addTags(1, 'followed')
  await expect(readEventsOf(services, { workspaceId: world.acme.id }, new AbortController().signal)).rejects.toThrow()
  await world.superuser(`alter table ${world.acme.schema}.workspace rename column notified_elsewhere to notified_seq`)
  expect((await tags('followed')).map(({ index }) => index)).toEqual([expect.any(Number)])
})

test('what was written by hand while no worker was awake is sealed and signed for within the hour', async () => {
  const waiting = async (name: string) =>
    (await world.superuser('select from graphile_worker.jobs where task_identifier = $1', [name])).length
  await seal()
  await world.superuser('delete from graphile_worker._private_jobs')
  await addTags(1, 'by hand')
  await cleanUp(world.services, new AbortController().signal)
  expect(await waiting('seal-audit-events')).toBeGreaterThan(0)
  await sealAuditEvents(world.services, { workspaceId: world.acme.id }, new AbortController().signal)
  expect((await tags('by hand')).map(({ index }) => index)).toEqual([expect.any(Number)])
  await world.superuser('delete from graphile_worker._private_jobs')
  await cleanUp(world.services, new AbortController().signal)
  expect(await waiting('sign-audit-checkpoint')).toBe(1)
  await signCheckpoint(world.services, acme())
  await world.superuser('delete from graphile_worker._private_jobs')
  await cleanUp(world.services, new AbortController().signal)
  expect(await waiting('sign-audit-checkpoint')).toBe(0)
})

test('of many writes one after the other, few are sealed by themselves, and the last one as well', async () => {
  const signal = new AbortController().signal
  await world.superuser('delete from graphile_worker._private_jobs')
  for (let n = 0; n < 20; n++) {
    await addTags(1, `burst ${n}`)
    await sealInTurn(world.services, acme(), signal)
  }
  const unsealed = async () => (await tags('burst')).filter(({ index }) => index === null).length
  expect(await unsealed()).toBeGreaterThan(0)
  const [job, ...others] = await world.superuser<{ key: string; payload: { workspaceId: string } }>(
    `select key from graphile_worker.jobs where task_identifier = 'seal-audit-events'`,
  )
  expect([job?.key, others]).toEqual([`seal-audit-events/${world.acme.id}`, []])
  await sealAuditEvents(world.services, { workspaceId: world.acme.id }, signal)
  expect(await unsealed()).toBe(0)
})

test('with a worker, every event is sealed within 5 s of its commit', async () => {
  const worker = await startWorker(world.services, handlers)
  await write('soon 1')
  await expectSealedWithin5s('soon')
  const slow = await connect()
  await slow.query('begin')
  await slow.query(`insert into tag (id, name) values (gen_random_uuid(), 'slow 1')`)
  await write('waits 1')
  // Nothing wakes the worker when a transaction of somebody else commits late.
  await slow.query('commit')
  await slow.end()
  await expectSealedWithin5s('slow')
  await expectSealedWithin5s('waits')
  await worker.stop()
}, 30_000)

const write = (name: string) => world.acme.ada.api.createTag({ path, body: { name } })

async function expectSealedWithin5s(prefix: string): Promise<void> {
  const committed = performance.now()
  await expect.poll(async () => (await tags(prefix))[0]?.index, { timeout: 20_000, interval: 50 }).toBeTypeOf('number')
  expect(performance.now() - committed).toBeLessThan(5_000)
}
