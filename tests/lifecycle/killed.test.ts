import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '#client'
import { createAcme, createInstallation, type Running } from '#tests/lifecycle/installation.ts'

let installation: Awaited<ReturnType<typeof createInstallation>>
let server: Running
let api: Client
let projectId: string

beforeAll(async () => {
  installation = await createInstallation()
  server = await installation.start()
  await installation.run(...createAcme)
  const origin = { origin: server.url }
  const signedIn = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { ...origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@acme.example', password: 'correct horse battery staple' }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!
  const browser = createClient({ baseUrl: server.url, headers: () => ({ ...origin, cookie }) })
  const { token } = await browser.createApiToken({ path: { workspace: 'acme' }, body: { name: 'tests' } })
  api = createClient({ baseUrl: server.url, token })
  projectId = (await api.createProject({ path: { workspace: 'acme' }, body: { name: 'Load', key: 'LOAD' } })).id
}, 60_000)
afterAll(() => installation.remove())

test('kill -9 during 2,000 writes loses no acknowledged one and repeats none, each with its audit event', async () => {
  const total = 2_000
  const acknowledged = new Set<number>()
  let next = 0
  let kills = 0
  const write = async (n: number): Promise<void> => {
    for (;;) {
      try {
        await api.createTask({
          path: { workspace: 'acme' },
          body: { projectId, title: `Task ${n}` },
          idempotencyKey: `write-${n}`,
        })
        acknowledged.add(n)
        return
      } catch {
        await restarted
      }
    }
  }
  let restarted: Promise<void> = Promise.resolve()
  const killAndRestart = async () => {
    server.child.kill('SIGKILL')
    await server.ended
    server = await installation.start()
    kills++
  }
  const writers = Array.from({ length: 16 }, async () => {
    for (let n = next++; n < total; n = next++) {
      if (n === 500 || n === 1_300) restarted = killAndRestart()
      await write(n)
    }
  })
  await Promise.all(writers)
  expect(kills).toBe(2)
  const { stdout } = await installation.run('database', 'url', '--as', 'workspace:acme')
  const client = new pg.Client(stdout.trim())
  await client.connect()
  const { rows } = await client.query(
    `select count(*)::int as tasks, count(distinct title)::int as titles, count(distinct number)::int as numbers,
       (select count(*)::int from audit_event where action = 'task.created') as events,
       (select count(distinct entity_id)::int from audit_event where action = 'task.created') as described from task`,
  )
  await client.end()
  expect(acknowledged.size).toBe(total)
  expect(rows[0]).toEqual({ tasks: total, titles: total, numbers: total, events: total, described: total })
}, 180_000)
