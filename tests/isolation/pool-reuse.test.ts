import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { sql } from 'kysely'
import { pino } from 'pino'
import Type from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '#client'
import { createApp } from '#server/http/app.ts'
import { type Feature, operation } from '#server/http/operation.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'
import { startServices } from '#server/start-services.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

// What a connection must not carry over: who acts, an open transaction, a setting, a prepared plan of somebody else.
const stuck = operation({
  id: 'stuck',
  summary: 'Write, and then wait for long',
  route: 'POST /api/workspaces/:workspace/stuck',
  needs: { resource: 'tag', action: 'create' },
  params: inWorkspace(),
  body: object({ name: Type.String(), seconds: Type.Integer() }),
  async run({ db, body }) {
    await db.insert('tag', { id: randomUUID(), name: body.name })
    // An expensive query instead of pg_sleep, which the login may not call.
    await db
      .rows('tag')
      .where(
        sql<boolean>`(select count(*) from generate_series(1, ${body.seconds * 20_000_000}) n where n % 7 = 8) = 0`,
      )
      .select('tag.id')
      .execute()
    return undefined
  },
})
const features: readonly Feature[] = [{ name: 'stuck', description: '', operations: [stuck] }]
const path = { workspace: 'acme' }

let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld({ features, limits: { perLogin: 1 } })
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Reused' } })).id
})
afterAll(() => world.close())

/** The next change on the same and only connection is in the right name, and leaves exactly its own event. */
async function expectSound(): Promise<void> {
  const { tom } = world.acme
  const task = await tom.api.createTask({ path, body: { projectId, title: randomUUID() } })
  const events = await world.superuser<{ member_id: string; request_id: string }>(
    `select member_id, request_id from ${world.acme.schema}.audit_event where entity_id = $1`,
    [task.id],
  )
  expect(events.map(event => event.member_id)).toEqual([tom.memberId])
  const tags = await world.superuser(`select name from ${world.acme.schema}.tag where name like 'stuck%'`)
  expect(tags).toEqual([])
}

function startStuck(name: string, seconds = 30): { answer: Promise<number>; hangUp(): void } {
  const call = request(`${world.url}/api/workspaces/acme/stuck`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.acme.ada.token}`, 'content-type': 'application/json' },
  })
  const answer = new Promise<number>(resolve => {
    call.on('response', response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    call.on('error', () => resolve(0))
  })
  call.end(JSON.stringify({ name, seconds }))
  return { answer, hangUp: () => void call.destroy() }
}

async function pidOfStuck(): Promise<number> {
  const find = () =>
    world.superuser<{ pid: number }>(
      `select pid from pg_stat_activity where usename = $1 and state = 'active' and query like '%generate_series%'`,
      [world.acme.schema],
    )
  await expect.poll(async () => (await find()).length, { timeout: 10_000 }).toBe(1)
  return (await find())[0]!.pid
}

test('after a statement that is cancelled, the connection is clean', async () => {
  const { answer } = startStuck('stuck, cancelled')
  await world.superuser('select pg_cancel_backend($1)', [await pidOfStuck()])
  expect(await answer).toBe(503)
  await expectSound()
})

test('after a connection that PostgreSQL ends, the next one is clean', async () => {
  const { answer } = startStuck('stuck, ended')
  await world.superuser('select pg_terminate_backend($1)', [await pidOfStuck()])
  expect(await answer).toBe(503)
  await expectSound()
})

test('after a caller who hangs up in the middle, the connection is clean', async () => {
  const { answer, hangUp } = startStuck('stuck, hung up')
  const pid = await pidOfStuck()
  hangUp()
  expect(await answer).toBe(0)
  await world.superuser('select pg_cancel_backend($1)', [pid])
  await expectSound()
})

test('after a request that its rules refuse in the middle of its transaction, the connection is clean', async () => {
  const { ada } = world.acme
  const unknown = '01990000-0000-7000-8000-00000000dead'
  const body = { projectId, title: 'Never there', tagIds: [unknown] }
  for (let n = 0; n < 5; n++) await expect(ada.api.createTask({ path, body })).rejects.toMatchObject({ status: 404 })
  await expectSound()
  const { items } = await ada.api.listTasks({ path, query: { q: 'Never there' } })
  expect(items).toEqual([])
})

test('a statement that runs too long is ended by PostgreSQL, and its connection is clean', async () => {
  const settings = await world.asWorkspace<{ setting: string; name: string }>(
    world.acme.schema,
    `select name, setting from pg_settings where name in
      ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
  )
  expect(settings.map(row => [row.name, Number(row.setting)])).toEqual([
    ['idle_in_transaction_session_timeout', 30_000],
    ['lock_timeout', 5_000],
    ['statement_timeout', 15_000],
  ])
})

test('two server processes at once on one database: each caller sees their own workspace only, in their own name', async () => {
  const parts = { config: world.services.config, log: pino({ level: 'silent' }), keys, server: world.server }
  const second = startServices({ ...parts, limits: { perLogin: 2 } })
  const app = await createApp(second.services, { hasStarted: () => true, check: async () => ({ ready: true }) })
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  try {
    const there = await world.globex.gina.api.createProject({ path: { workspace: 'globex' }, body: { name: 'Theirs' } })
    const callers = [
      { slug: 'acme', person: world.acme.ada, project: projectId },
      { slug: 'acme', person: world.acme.tom, project: projectId },
      { slug: 'globex', person: world.globex.gina, project: there.id },
    ].flatMap(caller =>
      [world.url, baseUrl].map(url => ({ ...caller, api: createClient({ baseUrl: url, token: caller.person.token }) })),
    )
    const made = await Promise.all(callers.map(caller => createTasks(caller)))
    for (const [index, { slug, person }] of callers.entries()) {
      const { schema } = world[slug as 'acme']
      const rows = await world.superuser<{ member_id: string }>(
        `select distinct member_id from ${schema}.audit_event where entity_id = any($1)`,
        [made[index]],
      )
      expect(rows).toEqual([{ member_id: person.memberId }])
    }
  } finally {
    await app.close()
    await second.close()
  }
})

async function createTasks({ api, slug, project }: { api: Client; slug: string; project: string }): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < 25; n++) {
    const { id } = await api.createTask({
      path: { workspace: slug },
      body: { projectId: project, title: `${slug} ${n}` },
    })
    ids.push(id)
    const { items } = await api.listTasks({ path: { workspace: slug }, query: { limit: 10, sort: 'created' } })
    expect(items.every(task => task.projectId === project)).toBe(true)
  }
  return ids
}
