import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { loginAs } from '#server/database/server.ts'
import { type Position, positionNow, readEvents } from '#server/events/follow.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const address = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const system = <T>(work: Parameters<World['services']['workspaces']['system']>[1]) =>
  world.services.workspaces.system(address(), work) as Promise<T>
const readNext = (after: Position) => world.services.workspaces.system(address(), db => readEvents(db, after, 100))

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(loginAs(world.server, keys, world.acme.schema, 1))
  await client.connect()
  return client
}

const addTag = (name: string) =>
  [`insert into tag (id, name) values (gen_random_uuid(), $1)`, [name]] as [string, string[]]

test('a transaction that commits late is read in its place, and nothing that committed before it is read too early', async () => {
  const start = await system<Position>(positionNow)
  const [slow, quick] = [await connect(), await connect()]
  await slow.query('begin')
  await slow.query(...addTag('slow'))
  await quick.query(...addTag('quick'))
  const early = await readNext(start)
  expect(early).toEqual({ events: [], unsettled: true })
  await slow.query('commit')
  const { events, unsettled } = await readNext(start)
  expect(events.map(event => event.changes.name?.to)).toEqual(['slow', 'quick'])
  expect(unsettled).toBe(false)
  expect((await readNext(events.at(-1)!.position)).events).toEqual([])
  expect((await readNext(events[0]!.position)).events.map(event => event.changes.name?.to)).toEqual(['quick'])
  await Promise.all([slow.end(), quick.end()])
})

test('short transactions elsewhere, which end while one looks at them, hold up nothing either', async () => {
  const start = await system<Position>(positionNow)
  let busy = true
  const others = [1, 2, 3, 4].map(async () => {
    const other = new pg.Client({ connectionString: inject('postgres') })
    await other.connect()
    while (busy) await other.query('select pg_current_xact_id(), pg_sleep(0.002)')
    await other.end()
  })
  const client = await connect()
  const read: number[] = []
  for (let after = start; read.length < 200; ) {
    await client.query(...addTag(`bustle ${read.length}`))
    const { events } = await readNext(after)
    read.push(events.length)
    after = events.at(-1)?.position ?? after
  }
  await client.end()
  busy = false
  await Promise.all(others)
  expect(read.filter(count => count !== 1)).toEqual([])
})

test('a long transaction of another workspace, or of another database, holds up nothing here', async () => {
  const start = await system<Position>(positionNow)
  const other = new pg.Client(loginAs(world.server, keys, world.globex.schema, 1))
  const elsewhere = new pg.Client({ connectionString: inject('postgres') })
  await Promise.all([other.connect(), elsewhere.connect()])
  await other.query('begin')
  await other.query(...addTag('long'))
  await elsewhere.query('begin')
  await elsewhere.query('select pg_current_xact_id()')
  const client = await connect()
  await client.query(...addTag('not held up'))
  await client.end()
  const { events, unsettled } = await readNext(start)
  expect([events.at(-1)?.changes.name?.to, unsettled]).toEqual(['not held up', false])
  await Promise.all([other.end(), elsewhere.end()])
})

test('a late transaction of the superuser is waited for as well', async () => {
  const start = await system<Position>(positionNow)
  const slow = new pg.Client(world.server.admin)
  await slow.connect()
  await slow.query('begin')
  await slow.query('select pg_current_xact_id()')
  const client = await connect()
  await client.query(...addTag('after the superuser'))
  await client.end()
  expect(await readNext(start)).toEqual({ events: [], unsettled: true })
  await slow.query(`insert into ${world.acme.schema}.tag (id, name) values (gen_random_uuid(), 'by the superuser')`)
  await slow.query('commit')
  await slow.end()
  const names = (await readNext(start)).events.map(event => event.changes.name?.to)
  expect(names).toEqual(['by the superuser', 'after the superuser'])
})

test('a reader that begins now misses nothing of a transaction that is under way', async () => {
  const slow = await connect()
  await slow.query('begin')
  await slow.query(...addTag('under way'))
  const now = await system<Position>(positionNow)
  await slow.query('commit')
  expect((await readNext(now)).events.map(event => event.changes.name?.to)).toEqual(['under way'])
  await slow.end()
})

test('a transaction that is rolled back leaves no gap that a reader would wait for', async () => {
  const start = await system<Position>(positionNow)
  const client = await connect()
  await client.query('begin')
  await client.query(...addTag('never'))
  await client.query('rollback')
  await client.query(...addTag('after it'))
  await client.end()
  const { events, unsettled } = await readNext(start)
  expect([events.at(-1)!.changes.name?.to, unsettled]).toEqual(['after it', false])
})
