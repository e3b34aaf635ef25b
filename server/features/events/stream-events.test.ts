import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashToken, sessionToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { createApp } from '#server/http/app.ts'
import { startServices } from '#server/start-services.ts'
import { openEventStream } from '#tests/events/read-stream.ts'
import { createWorld, keys, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

const follow = (who: Pick<Person, 'token'> | { cookie: string }, last?: string, url = world.url) =>
  openEventStream(url, 'acme', who, last)

/** What is new to a stream after this: streams begin a moment before now. */
async function newTask(person: Person, title: string, values: object = {}) {
  return person.api.createTask({ path, body: { projectId, title, ...values } })
}

test("a change by one person is on another's stream in less than a second, without any field's value", async () => {
  const { mia, tom } = world.acme
  const stream = await follow(tom)
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const started = performance.now()
  const task = await newTask(mia, 'Hidden words')
  let message = await stream.next()
  while (message.event.entityId !== task.id) message = await stream.next()
  expect(performance.now() - started).toBeLessThan(1000)
  expect(message.event).toEqual({
    id: expect.any(String),
    at: expect.any(String),
    entity: 'task',
    entityId: task.id,
    taskId: task.id,
    projectId,
    action: 'task.created',
    memberId: mia.memberId,
  })
  stream.close()
})

test('a stream that is lost before its first event resumes where it began', async () => {
  const { mia, tom } = world.acme
  const first = await follow(tom)
  first.close()
  const missed = [await newTask(mia, 'Missed'), await newTask(mia, 'Too')]
  const second = await follow(tom, first.place())
  const told = [await second.next(), await second.next()]
  expect(told.map(({ event }) => event.entityId)).toEqual(missed.map(task => task.id))
  second.close()
})

test('a stream resumes after the last event that was seen, in commit order and without loss', async () => {
  const { mia, tom } = world.acme
  const first = await follow(tom)
  const one = await newTask(mia, 'One')
  let seen = await first.next()
  while (seen.event.entityId !== one.id) seen = await first.next()
  first.close()
  const missed = [await newTask(mia, 'Two'), await newTask(mia, 'Three'), await newTask(mia, 'Four')]
  const second = await follow(tom, seen.cursor)
  for (const task of missed) expect((await second.next()).event.entityId).toBe(task.id)
  second.close()
  await expect(follow(tom, `${seen.cursor}x`)).rejects.toMatchObject({ status: 400 })
  await expect(openEventStream(world.url, 'globex', world.globex.hugo, seen.cursor)).rejects.toMatchObject({
    status: 400,
  })
})

test('a stream tells of nothing that the reader may not read at that moment', async () => {
  const { ada, mia, gus } = world.acme
  const [ofMia, ofGus] = [await follow(mia), await follow(gus)]
  const board = await ada.api.createProject({ path, body: { name: 'Board', key: 'BRD', private: true } })
  await ada.api.createTask({ path, body: { projectId: board.id, title: 'Secret' } })
  const open = await newTask(ada, 'Open', { viewerIds: [gus.memberId] })
  const toMia = await until(ofMia, open.id)
  const toGus = await until(ofGus, open.id)
  expect(toMia.filter(event => event.projectId === board.id)).toEqual([])
  expect(toGus.every(event => event.taskId === open.id)).toBe(true)
  await mia.api
    .deleteTask({ path: { ...path, task: open.id } })
    .catch(() => ada.api.deleteTask({ path: { ...path, task: open.id } }))
  expect((await until(ofMia, open.id, 'task.deleted')).at(-1)?.action).toBe('task.deleted')
  ofMia.close()
  ofGus.close()
})

async function until(stream: Awaited<ReturnType<typeof follow>>, entityId: string, action = 'task.created') {
  const events = [(await stream.next()).event]
  while (events.at(-1)!.entityId !== entityId || events.at(-1)!.action !== action)
    events.push((await stream.next()).event)
  return events
}

test('a stream ends within a second of its session, its token or its membership', async () => {
  const { tom, ada, gus } = world.acme
  const cookie = sessionToken()
  const sessionId = uuid7()
  await world.superuser(
    `insert into platform.session (id, token_hash, account_id, expires_at) values ($1, $2, $3, now() + interval '1 hour')`,
    [sessionId, hashToken(cookie), tom.accountId],
  )
  const [bySession, byToken, byMember] = [
    await follow({ cookie: `kontor=${cookie}` }),
    await follow(tom),
    await follow(gus),
  ]
  const ends = async (stream: typeof bySession, cause: () => Promise<unknown>) => {
    await cause()
    const started = performance.now()
    await stream.ended()
    expect(performance.now() - started).toBeLessThan(1000)
  }
  await ends(bySession, () => world.superuser('delete from platform.session where id = $1', [sessionId]))
  const workspace = { id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 }
  const asAda = (work: Parameters<typeof world.services.workspaces.transact>[3]) =>
    world.services.workspaces.transact(workspace, { memberId: ada.memberId }, { requestId: 'test' }, work)
  const now = new Date().toISOString()
  await ends(byToken, () =>
    asAda(db =>
      db
        .update('api_token', 'write')
        .set({ revoked_at: now })
        .where('api_token.member_id', '=', tom.memberId)
        .execute(),
    ),
  )
  await ends(byMember, () =>
    asAda(db => db.update('member', 'write').set({ active: false }).where('member.id', '=', gus.memberId).execute()),
  )
})

test('a member has ten streams at most, and one that is closed makes room', async () => {
  const { mia } = world.acme
  const streams = await Promise.all(Array.from({ length: 10 }, () => follow(mia)))
  await expect(follow(mia)).rejects.toMatchObject({ status: 429 })
  for (const stream of streams) stream.close()
  await expect
    .poll(() =>
      follow(mia).then(
        stream => stream.close(),
        () => 'refused',
      ),
    )
    .not.toBe('refused')
})

test('a change in one process is on a stream of another in less than a second, and a stopping server ends its streams', async () => {
  const { services, close } = startServices({
    config: world.services.config,
    log: world.services.log,
    keys,
    server: world.server,
  })
  const app = await createApp(services, { hasStarted: () => true, check: async () => ({ ready: true }) })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const stream = await follow(world.acme.max, undefined, url)
  const started = performance.now()
  const task = await newTask(world.acme.mia, 'Elsewhere')
  await until(stream, task.id)
  expect(performance.now() - started).toBeLessThan(1000)
  const stopping = performance.now()
  await Promise.all([app.close(), stream.ended()])
  expect(performance.now() - stopping).toBeLessThan(2000)
  await close()
})
