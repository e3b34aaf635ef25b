import { afterAll, beforeAll, expect, test } from 'vitest'
import { Day, Id, Instant } from '#server/http/schemas.ts'
import { compileCheck } from '#server/http/validation.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

// PostgreSQL, Temporal and Date read each of these in another way, or not at all.
const oddInstants = [
  '0001-01-01T00:00:00+23:00',
  '0050-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '2026-01-01T00:00:00.1234567890Z',
  '2026-01-01\n00:00:00Z',
  '2026-01-01T00:00:00+0100',
]
const oddDays = ['0000-01-01', '0001-01-01', '2026-02-30', '+010000-01-01']

test.each(oddInstants)('the instant %j is refused by name, wherever it is given', async odd => {
  const { mia } = world.acme
  const project = await world.acme.ada.api.createProject({ path, body: { name: 'Odd times' } })
  const refused = { status: 400 }
  const { id: projectId } = project
  const booked = mia.api.createTimeEntry({ path, body: { projectId, startedAt: odd, durationSeconds: 315_360_000 } })
  await expect(booked).rejects.toMatchObject({ ...refused, errors: [{ pointer: '/startedAt' }] })
  const token = mia.api.createApiToken({ path, body: { name: 'Odd', expiresAt: odd } })
  await expect(token).rejects.toMatchObject({ ...refused, errors: [{ pointer: '/expiresAt' }] })
  const events = world.acme.ada.api.listAuditEvents({ path, query: { since: odd } })
  await expect(events).rejects.toMatchObject({ ...refused, errors: [{ pointer: '/query/since' }] })
})

test.each(oddDays)('the day %j is refused by name, wherever it is given', async odd => {
  const { ada } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Odd days' } })
  const task = ada.api.createTask({ path, body: { projectId, title: 'Some day', dueOn: odd } })
  await expect(task).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/dueOn' }] })
  const report = ada.api.getTimeReport({ path, query: { from: odd } })
  await expect(report).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/query/from' }] })
})

test('usual spellings of instants, days and ids are taken', () => {
  const takes = (schema: Parameters<typeof compileCheck>[0], value: string) => compileCheck(schema, 'body')(value)
  for (const instant of ['2026-10-25T01:30:00Z', '2026-10-25t01:30:00.123456789z', '1900-01-02T00:00:00+05:45'])
    expect(takes(Instant, instant), instant).toEqual([])
  for (const day of ['1900-01-01', '2028-02-29', '9999-12-31']) expect(takes(Day, day), day).toEqual([])
  expect(takes(Id, '01990000-0000-7000-8000-00000000DEAD')).toEqual([])
  expect(takes(Id, 'urn:uuid:01990000-0000-7000-8000-00000000dead')).not.toEqual([])
})

test('a list sorted by title goes on behind the longest title there can be', async () => {
  const { ada } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Long titles' } })
  const titles = ['a', 'b', 'c'].map(letter => `${letter}${'\u{1f600}'.repeat(499)}`)
  for (const title of titles) await ada.api.createTask({ path, body: { projectId, title } })
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { project: projectId, sort: 'title', limit: 1, ...(cursor ? { cursor } : {}) } as const
    const page = await ada.api.listTasks({ path, query })
    seen.push(...page.items.map(task => task.title))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(titles)
})

test('HEAD leaves no stream of events open', async () => {
  const headers = { authorization: `Bearer ${world.acme.max.token}` }
  for (let i = 0; i < 12; i++) {
    const head = await fetch(`${world.url}/api/workspaces/acme/events`, { method: 'HEAD', headers })
    expect(head.status).toBe(200)
  }
  const stream = await fetch(`${world.url}/api/workspaces/acme/events`, { headers })
  expect(stream.status).toBe(200)
  await stream.body?.cancel()
})

test('HEAD on a file says what GET would, without reading it', async () => {
  const { ada } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Files' } })
  const task = await ada.api.createTask({ path, body: { projectId, title: 'Read me' } })
  const data = new FormData()
  data.set('file', new Blob(['twelve bytes']), 'read.txt')
  const file = await ada.api.createAttachment({ path: { ...path, task: task.id }, form: data })
  const url = `${world.url}/api/workspaces/acme/attachments/${file.id}/content`
  const head = await fetch(url, { method: 'HEAD', headers: { authorization: `Bearer ${ada.token}` } })
  expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
    200,
    '12',
    `"${file.sha256}"`,
  ])
})
