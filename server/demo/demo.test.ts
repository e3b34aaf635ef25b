import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createClient } from '#client'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { bootstrap } from '#server/database/bootstrap.ts'
import { migrate } from '#server/database/migrate.ts'
import { serverAt } from '#server/database/server.ts'
import { ensureDemo } from '#server/demo/demo.ts'
import { createApp } from '#server/http/app.ts'
import type { Services } from '#server/services.ts'
import { startServices } from '#server/start-services.ts'
import { keys, testConfig } from '#tests/setup/world.ts'

const database = `demo_${uuid7().replaceAll('-', '')}`
let dataDir: string
let admin: pg.Client
let started: ReturnType<typeof startServices>
let app: Awaited<ReturnType<typeof createApp>>
let url: string
let services: Services
beforeAll(async () => {
  admin = new pg.Client(inject('postgres'))
  await admin.connect()
  await admin.query(`create database ${database} encoding 'UTF8' template template0`)
  dataDir = await mkdtemp(join(tmpdir(), 'kontor-demo-'))
  const address = new URL(inject('postgres'))
  address.pathname = `/${database}`
  const server = serverAt(address.href)
  await bootstrap(server, keys)
  await migrate(server, keys)
  started = startServices({ config: testConfig(dataDir), log: pino({ level: 'silent' }), keys, server })
  services = started.services
  app = await createApp(services, { hasStarted: () => true, check: async () => ({ ready: true }) })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  await started.close()
  await rm(dataDir, { recursive: true, force: true })
  await admin.query(`drop database ${database} with (force)`)
  await admin.end()
})

const file = () => join(dataDir, 'demo-sign-in')
const path = { workspace: 'demo' }

/** The cookie of a person of the demo, with the passphrase that the text names. */
async function signIn(text: string, email: string): Promise<string> {
  const password = / with (\S+) /.exec(text)?.[1]
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
  })
  expect(answer.status).toBe(200)
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

async function get<T>(cookie: string, route: string): Promise<T> {
  const answer = await fetch(`${url}/api/workspaces/demo${route}`, { headers: { cookie } })
  expect(answer.status).toBe(200)
  return answer.json() as Promise<T>
}
type List = { items: Record<string, unknown>[] }

test('an empty installation gets a demo whose people can sign in, and the next start says the same', async () => {
  const before = performance.now()
  const text = (await ensureDemo(services))!
  expect(performance.now() - before).toBeLessThan(5_000)
  expect(text).toMatch(
    /^Demo workspace: http.* sign in as ada@demo\.example with [a-z]+(-[a-z]+){3}-\d\d {2}\(others: joris@/,
  )
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  expect((await readFile(file(), 'utf8')).trim()).toBe(text)
  expect(await ensureDemo(services)).toBe(text)
  const ada = await signIn(text, 'ada@demo.example')
  const tasks = await get<List>(ada, '/tasks?limit=200')
  expect(new Set(tasks.items.map(task => task.status)).size).toBe(6)
  expect(tasks.items.length).toBeGreaterThan(50)
  expect((await get<List>(ada, '/projects')).items).toHaveLength(4)
  expect((await get<List>(ada, '/projects?archived=true')).items).toHaveLength(1)
})

test('the history of a task names the people who moved it, in their order', async () => {
  const ada = await signIn((await ensureDemo(services))!, 'ada@demo.example')
  const { items } = await get<List>(ada, '/tasks?limit=200')
  const task = items.find(({ title }) => title === 'Draw the mark')!
  const history = await get<{
    items: { action: string; memberId: string; changes: Record<string, { to: unknown }> }[]
  }>(ada, `/tasks/${task.id}/history?limit=200`)
  const moves = history.items
    .filter(event => event.changes.status)
    .map(event => [event.changes.status?.to, event.memberId])
  expect(moves.map(([status]) => status).toReversed()).toEqual(['todo', 'doing', 'review', 'done'])
  expect(new Set(moves.map(([, member]) => member))).toEqual(new Set([task.creatorId, task.assigneeId]))
})

test('the private project is hidden from members, and a guest sees only what is meant for them', async () => {
  const text = (await ensureDemo(services))!
  const lukas = await signIn(text, 'lukas@demo.example')
  expect((await get<List>(lukas, '/projects')).items.map(({ key }) => key).toSorted()).toEqual(['FJRD', 'HVN', 'KAAP'])
  const pieter = await signIn(text, 'pieter@demo.example')
  const seen = (await get<List>(pieter, '/tasks?limit=200')).items
  expect(seen.length).toBeGreaterThan(3)
  expect(seen.every(({ key }) => String(key).startsWith('KAAP-'))).toBe(true)
})

test('a demo that was killed half made is removed at the next start and made anew', async () => {
  await rename(file(), `${file()}.part`)
  const again = await ensureDemo(services)
  const ada = await signIn(again!, 'ada@demo.example')
  expect((await get<List>(ada, '/projects')).items).toHaveLength(4)
  const workspaces = await services.platform.db.selectFrom('workspace').select('slug').execute()
  expect(workspaces).toEqual([{ slug: 'demo' }])
})

test('what people made themselves is never taken for a demo that was left half made', async () => {
  await services.platform.db
    .insertInto('account')
    .values({ id: uuid7(), email: 'real@studio.example', name: 'Real', password_hash: 'none' })
    .execute()
  await rename(file(), `${file()}.part`)
  expect(await ensureDemo(services)).toBeUndefined()
  expect(await services.platform.db.selectFrom('workspace').select('slug').execute()).toEqual([{ slug: 'demo' }])
})

test('an installation with accounts of its own gets no demo', async () => {
  expect(await ensureDemo(services)).toBeUndefined()
  await expect(createClient({ baseUrl: url }).listTasks({ path })).rejects.toMatchObject({ status: 401 })
})
