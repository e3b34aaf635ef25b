import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let projectId: string
const path = { workspace: 'acme' }

beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_TEST_CLOCK: '2026-11-02T08:00:00Z' } })
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())
beforeEach(() => world.setClock('2026-11-02T08:00:00Z'))

const newTask = (title: string) => world.acme.ada.api.createTask({ path, body: { projectId, title } })

test('time is booked from start to end or for a duration, on a task with its project', async () => {
  const { mia } = world.acme
  const task = await newTask('Draw')
  const byEnd = await mia.api.createTimeEntry({
    path,
    body: { taskId: task.id, startedAt: '2026-11-02T08:00:00Z', endedAt: '2026-11-02T09:30:00Z' },
  })
  expect(byEnd).toMatchObject({
    memberId: mia.memberId,
    projectId,
    taskId: task.id,
    durationSeconds: 5400,
    billable: false,
    rateCents: null,
    note: '',
  })
  const byDuration = await mia.api.createTimeEntry({
    path,
    body: { projectId, startedAt: '2026-11-02T08:00:00+01:00', durationSeconds: 60, billable: true, rateCents: 9500 },
  })
  expect(byDuration).toMatchObject({
    taskId: null,
    startedAt: '2026-11-02T07:00:00.000Z',
    endedAt: '2026-11-02T07:01:00.000Z',
    durationSeconds: 60,
    rateCents: 9500,
  })
})

test('an entry without project and task, without an end, with two ends, or ending before it starts is refused', async () => {
  const { api } = world.acme.mia
  const startedAt = '2026-11-02T08:00:00Z'
  const refused = async (body: object, status: number, pointer: string) =>
    expect(api.createTimeEntry({ path, body: { startedAt, ...body } })).rejects.toMatchObject({
      status,
      errors: [{ pointer }],
    })
  await refused({ durationSeconds: 1 }, 400, '/projectId')
  await refused({ projectId }, 400, '/endedAt')
  await refused({ projectId, durationSeconds: 1, endedAt: startedAt }, 400, '/durationSeconds')
  await refused({ projectId, endedAt: '2026-11-02T07:00:00Z' }, 422, '/endedAt')
  const other = await world.acme.ada.api.createProject({ path, body: { name: 'Other' } })
  const task = await newTask('Elsewhere')
  await refused({ projectId: other.id, taskId: task.id, durationSeconds: 1 }, 422, '/taskId')
})

test('time cannot be booked where one may not look, and the answer is that of a random id', async () => {
  const { ada, mia } = world.acme
  const secret = await ada.api.createProject({ path, body: { name: 'Secret', private: true } })
  const task = await ada.api.createTask({ path, body: { projectId: secret.id, title: 'Plan' } })
  const entry = { startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 }
  for (const id of [secret.id, '01990000-0000-7000-8000-000000000000']) {
    await expect(mia.api.createTimeEntry({ path, body: { ...entry, projectId: id } })).rejects.toMatchObject({
      status: 404,
      errors: [{ pointer: '/projectId' }],
    })
    await expect(mia.api.startTimer({ path, body: { projectId: id } })).rejects.toMatchObject({ status: 404 })
  }
  await expect(mia.api.createTimeEntry({ path, body: { ...entry, taskId: task.id } })).rejects.toMatchObject({
    status: 404,
    errors: [{ pointer: '/taskId' }],
  })
})

test('a member sees and changes only their own time; managers everybody’s; guests none', async () => {
  const { max, mia, tom, gus } = world.acme
  const mine = await mia.api.createTimeEntry({
    path,
    body: { projectId, startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 },
  })
  const place = { ...path, entry: mine.id }
  await expect(tom.api.getTimeEntry({ path: place })).rejects.toMatchObject({ status: 404 })
  await expect(tom.api.updateTimeEntry({ path: place, body: { note: 'x' } })).rejects.toMatchObject({ status: 404 })
  await expect(tom.api.deleteTimeEntry({ path: place })).rejects.toMatchObject({ status: 404 })
  expect((await tom.api.listTimeEntries({ path, query: { member: mia.memberId } })).items).toEqual([])
  await expect(gus.api.listTimeEntries({ path })).rejects.toMatchObject({ status: 403 })
  await expect(gus.api.getTimer({ path })).rejects.toMatchObject({ status: 403 })
  expect(
    await max.api.updateTimeEntry({
      path: place,
      body: { note: 'Checked', rateCents: 8000, billable: true },
      ifMatch: '"1"',
    }),
  ).toMatchObject({ note: 'Checked', version: 2 })
  await expect(mia.api.deleteTimeEntry({ path: place, ifMatch: '"1"' })).rejects.toMatchObject({ status: 412 })
  await mia.api.deleteTimeEntry({ path: place, ifMatch: '"2"' })
  await expect(mia.api.getTimeEntry({ path: place })).rejects.toMatchObject({ status: 404 })
})

test('only who may write everybody’s time books it for another member', async () => {
  const { max, mia, tom } = world.acme
  const entry = { projectId, startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 }
  await expect(mia.api.createTimeEntry({ path, body: { ...entry, memberId: tom.memberId } })).rejects.toMatchObject({
    status: 403,
  })
  expect(await mia.api.createTimeEntry({ path, body: { ...entry, memberId: mia.memberId } })).toMatchObject({
    memberId: mia.memberId,
  })
  expect(await max.api.createTimeEntry({ path, body: { ...entry, memberId: tom.memberId } })).toMatchObject({
    memberId: tom.memberId,
  })
  const unknown = max.api.createTimeEntry({ path, body: { ...entry, memberId: world.globex.gina.memberId } })
  await expect(unknown).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/memberId' }] })
})

test('an entry moves with its new task to that task’s project, and off its task to a new project', async () => {
  const { ada, mia } = world.acme
  const other = await ada.api.createProject({ path, body: { name: 'Shop' } })
  const [here, there] = [
    await newTask('Here'),
    await ada.api.createTask({ path, body: { projectId: other.id, title: 'There' } }),
  ]
  const { id } = await mia.api.createTimeEntry({
    path,
    body: { taskId: here.id, startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 },
  })
  const change = (body: object) => mia.api.updateTimeEntry({ path: { ...path, entry: id }, body })
  expect(await change({ taskId: there.id })).toMatchObject({ projectId: other.id, taskId: there.id })
  expect(await change({ projectId })).toMatchObject({ projectId, taskId: null })
  expect(await change({ taskId: here.id, durationSeconds: 90 })).toMatchObject({ taskId: here.id, durationSeconds: 90 })
  expect(await change({ taskId: null })).toMatchObject({ projectId, taskId: null })
  await expect(change({ startedAt: '2026-11-03T08:00:00Z' })).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/endedAt' }],
  })
})

test('entries are listed newest start first and filtered by days of Brussels', async () => {
  const { tom } = world.acme
  const starts = [
    '2026-12-01T22:59:59Z',
    '2026-12-01T23:00:00Z',
    '2026-12-02T22:59:59Z',
    '2026-12-02T23:00:00Z',
    '2026-12-02T22:59:59Z',
  ]
  for (const [i, startedAt] of starts.entries()) {
    await tom.api.createTimeEntry({ path, body: { projectId, startedAt, durationSeconds: 60, billable: i % 2 === 0 } })
  }
  const day = await tom.api.listTimeEntries({ path, query: { from: '2026-12-02', until: '2026-12-02' } })
  expect(day.items.map(item => item.startedAt)).toEqual(
    [starts[2], starts[2], starts[1]].map(s => s!.replace('Z', '.000Z')),
  )
  const billable = await tom.api.listTimeEntries({
    path,
    query: { from: '2026-12-01', until: '2026-12-03', billable: false, member: 'me', project: projectId },
  })
  expect(billable.items).toHaveLength(2)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await tom.api.listTimeEntries({ path, query: { from: '2026-12-01', limit: 2, cursor } })
    seen.push(...page.items.map(item => item.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(new Set(seen).size).toBe(5)
  expect(seen).toHaveLength(5)
})

test('a timer runs, is one for each member, and becomes an entry when it is stopped', async () => {
  const { mia, tom } = world.acme
  const task = await newTask('Run')
  expect(await mia.api.getTimer({ path })).toBeUndefined()
  await expect(mia.api.stopTimer({ path })).rejects.toMatchObject({ status: 404 })
  await expect(mia.api.startTimer({ path, body: {} })).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/projectId' }],
  })
  const started = await mia.api.startTimer({ path, body: { taskId: task.id, note: 'Drawing' } })
  expect(started).toMatchObject({
    taskId: task.id,
    projectId,
    startedAt: '2026-11-02T08:00:00.000Z',
    endedAt: null,
    durationSeconds: 0,
  })
  expect(await tom.api.getTimer({ path })).toBeUndefined()
  world.setClock('2026-11-02T08:10:00.900Z')
  expect(await mia.api.getTimer({ path })).toMatchObject({ id: started.id, durationSeconds: 600 })
  const stopped = await mia.api.stopTimer({ path })
  expect(stopped).toMatchObject({ id: started.id, endedAt: '2026-11-02T08:10:00.000Z', durationSeconds: 600 })
  expect(await mia.api.getTimer({ path })).toBeUndefined()
})

test('starting another timer stops the one that runs at the same instant: no second is lost', async () => {
  const { mia } = world.acme
  const first = await mia.api.startTimer({ path, body: { projectId } })
  world.setClock('2026-11-02T08:00:07.850Z')
  const second = await mia.api.startTimer({ path, body: { projectId, billable: true } })
  const before = await mia.api.getTimeEntry({ path: { ...path, entry: first.id } })
  expect(before).toMatchObject({ durationSeconds: 7, endedAt: second.startedAt })
  world.setClock('2026-11-02T08:00:10.100Z')
  expect(await mia.api.stopTimer({ path })).toMatchObject({ id: second.id, durationSeconds: 3 })
})

test('of timers started at once exactly one runs, and together they cover all the time', async () => {
  const { max } = world.acme
  const first = await max.api.startTimer({ path, body: { projectId } })
  world.setClock('2026-11-02T09:00:00Z')
  const started = await Promise.all(Array.from({ length: 6 }, () => max.api.startTimer({ path, body: { projectId } })))
  world.setClock('2026-11-02T10:00:00Z')
  const { items } = await max.api.listTimeEntries({
    path,
    query: { member: 'me', from: '2026-11-02', until: '2026-11-02' },
  })
  expect(items.filter(item => item.endedAt === null)).toHaveLength(1)
  expect(items.map(item => item.id).sort()).toEqual([first, ...started].map(item => item.id).sort())
  expect(items.reduce((sum, item) => sum + item.durationSeconds, 0)).toBe(7200)
  await max.api.stopTimer({ path })
})

test('an end stops a running entry, and time leaves events in the name of who changed it', async () => {
  const { ada, mia } = world.acme
  const { id } = await mia.api.startTimer({ path, body: { projectId } })
  await mia.api.updateTimeEntry({
    path: { ...path, entry: id },
    body: { startedAt: '2026-11-02T07:00:00Z', durationSeconds: 1800 },
  })
  expect(await mia.api.getTimer({ path })).toBeUndefined()
  const { items } = await ada.api.listAuditEvents({ path, query: { entityId: id } })
  expect(items.map(event => [event.action, event.memberId])).toEqual([
    ['time_entry.updated', mia.memberId],
    ['time_entry.created', mia.memberId],
  ])
})

test('a timer that is set back beyond ten years is refused, and breaks neither lists nor reports', async () => {
  const { ada, mia } = world.acme
  const timer = await mia.api.startTimer({ path, body: { projectId } })
  const place = { ...path, entry: timer.id }
  const setBack = mia.api.updateTimeEntry({ path: place, body: { startedAt: '1958-10-15T04:45:53Z' } })
  await expect(setBack).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/startedAt' }] })
  // As SQL could do it: 2^31 seconds and more.
  await world.superuser(`update ${world.acme.schema}.time_entry set started_at = '1900-01-01' where id = $1`, [
    timer.id,
  ])
  const { items } = await ada.api.listTimeEntries({ path, query: { limit: 200 } })
  expect(items.find(entry => entry.id === timer.id)?.durationSeconds).toBe(315_360_000)
  await ada.api.getTimeReport({ path, query: {} })
  await mia.api.stopTimer({ path })
  await mia.api.deleteTimeEntry({ path: place })
})

test('an entry of more than ten years, or one that ends after the year 9999, is refused', async () => {
  const { mia } = world.acme
  const book = (body: object) => mia.api.createTimeEntry({ path, body: { projectId, ...body } as never })
  const long = book({ startedAt: '1950-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:00Z' })
  await expect(long).rejects.toMatchObject({ status: 422 })
  const late = book({ startedAt: '9999-12-01T00:00:00Z', durationSeconds: 315_360_000 })
  await expect(late).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/durationSeconds' }] })
})
