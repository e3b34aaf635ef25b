import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let projectId: string
const path = { workspace: 'acme' }

beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_TEST_CLOCK: '2026-11-02T08:00:00Z' } })
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website' } })).id
})
afterAll(() => world.close())

const ofDay = (day: string, groupBy = 'day') => ({ path, query: { from: day, to: day, groupBy } })

test('00:30 to 04:30 on the day that has 25 hours is five hours, and on the day that has 23 three', async () => {
  const { mia } = world.acme
  const book = (startedAt: string, endedAt: string) =>
    mia.api.createTimeEntry({ path, body: { projectId, startedAt, endedAt } })
  const long = await book('2026-10-25T00:30:00+02:00', '2026-10-25T04:30:00+01:00')
  const short = await book('2027-03-28T00:30:00+01:00', '2027-03-28T04:30:00+02:00')
  expect([long.durationSeconds, short.durationSeconds]).toEqual([5 * 3600, 3 * 3600])
  expect((await mia.api.getTimeReport(ofDay('2026-10-25'))).rows).toEqual([
    { day: '2026-10-25', durationSeconds: 18_000, billableSeconds: 0, amountCents: 0 },
  ])
  expect((await mia.api.getTimeReport(ofDay('2027-03-28'))).total).toMatchObject({ durationSeconds: 10_800 })
})

test('a day of a clock change has all its 25 or 23 hours and none of its neighbours’', async () => {
  const { tom } = world.acme
  // The hours of the three days around each change, in UTC: an entry of an hour for each.
  for (const [first, day, hours] of [
    ['2026-10-23T22:00:00Z', '2026-10-25', 25],
    ['2027-03-26T23:00:00Z', '2027-03-28', 23],
  ] as const) {
    const begin = Temporal.Instant.from(first)
    const book = (hour: number) =>
      tom.api.createTimeEntry({
        path,
        body: { projectId, startedAt: begin.add({ hours: hour }).toString(), durationSeconds: 3600 },
      })
    for (let hour = 0; hour < 72; hour += 8) await Promise.all(Array.from({ length: 8 }, (_, i) => book(hour + i)))
    expect((await tom.api.getTimeReport(ofDay(day))).total.durationSeconds).toBe(hours * 3600)
  }
  const week = await tom.api.getTimeReport({
    path,
    query: { from: '2026-10-24', to: '2026-10-26', groupBy: 'day,week,month' },
  })
  expect(week.rows).toMatchObject([
    { day: '2026-10-24', week: '2026-W43', month: '2026-10', durationSeconds: 24 * 3600 },
    { day: '2026-10-25', week: '2026-W43', month: '2026-10', durationSeconds: 25 * 3600 },
    { day: '2026-10-26', week: '2026-W44', month: '2026-10', durationSeconds: 23 * 3600 },
  ])
})

test('what a report says does not depend on the zone of the database session', async () => {
  const { tom } = world.acme
  const { schema } = world.acme
  const ask = () =>
    tom.api.getTimeReport({ path, query: { from: '2026-10-24', to: '2026-10-26', groupBy: 'day,week' } })
  const inDatabase = (change: string) =>
    world.superuser(`do $$ begin
      execute format('alter role ${schema} in database %I ', current_database()) || $zone$${change}$zone$;
    end $$`)
  const before = await ask()
  for (const zone of ['America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Kiritimati']) {
    // In this test's database alone: those that run beside it have the same logins.
    await inDatabase(`set timezone = '${zone}'`)
    world.services.workspaces.forget(schema)
    expect(await ask()).toEqual(before)
  }
  await inDatabase('reset timezone')
  world.services.workspaces.forget(schema)
})

test('weeks and months are those of Brussels, and weeks belong to ISO years', async () => {
  const { gina } = world.globex
  const there = { workspace: 'globex' }
  const project = await gina.api.createProject({ path: there, body: { name: 'Shop' } })
  for (const startedAt of [
    '2026-12-31T22:59:59Z',
    '2026-12-31T23:00:00Z',
    '2027-01-03T22:59:59Z',
    '2027-01-03T23:00:00Z',
  ]) {
    await gina.api.createTimeEntry({ path: there, body: { projectId: project.id, startedAt, durationSeconds: 60 } })
  }
  const weeks = await gina.api.getTimeReport({ path: there, query: { groupBy: 'week' } })
  expect(weeks.rows.map(row => [row.week, row.durationSeconds])).toEqual([
    ['2026-W53', 180],
    ['2027-W01', 60],
  ])
  const months = await gina.api.getTimeReport({ path: there, query: { groupBy: 'month' } })
  expect(months.rows.map(row => [row.month, row.durationSeconds])).toEqual([
    ['2026-12', 60],
    ['2027-01', 180],
  ])
})

test('the sum of the rows’ amounts is the total, however it is grouped', async () => {
  const { max, ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Thirds' } })
  for (let i = 0; i < 9; i++) {
    const body = {
      projectId: project.id,
      startedAt: `2026-06-0${i + 1}T10:00:00Z`,
      durationSeconds: 1201 + i,
      billable: i !== 4,
      rateCents: 9999,
    }
    await max.api.createTimeEntry({ path, body: { ...body, memberId: i % 2 ? max.memberId : ada.memberId } })
  }
  await max.api.createTimeEntry({
    path,
    body: { projectId: project.id, startedAt: '2026-06-01T12:00:00Z', durationSeconds: 600, billable: true },
  })
  const totals = new Set<string>()
  for (const groupBy of ['day', 'week', 'month', 'member', 'project', 'member,week', 'task']) {
    const { rows, total } = await max.api.getTimeReport({ path, query: { project: project.id, groupBy } })
    const sum = (of: 'amountCents' | 'durationSeconds' | 'billableSeconds') => rows.reduce((n, row) => n + row[of], 0)
    expect({
      durationSeconds: sum('durationSeconds'),
      billableSeconds: sum('billableSeconds'),
      amountCents: sum('amountCents'),
    }).toEqual(total)
    totals.add(JSON.stringify(total))
  }
  expect(totals.size).toBe(1)
  const cents = [0, 1, 2, 3, 5, 6, 7, 8].reduce((sum, i) => sum + Math.round(((1201 + i) * 9999) / 3600), 0)
  expect(JSON.parse([...totals][0]!)).toMatchObject({ amountCents: cents, durationSeconds: 9 * 1201 + 36 + 600 })
  const unbilled = await max.api.getTimeReport({ path, query: { project: project.id, billable: false } })
  expect(unbilled.total).toEqual({ durationSeconds: 1205, billableSeconds: 0, amountCents: 0 })
})

test('rows come in the order of what they are grouped by, the same rows whatever comes first', async () => {
  const { mia, ada } = world.acme
  const [first, second] = [
    await ada.api.createProject({ path, body: { name: 'Lists' } }),
    await ada.api.createProject({ path, body: { name: 'More lists' } }),
  ]
  const task = await mia.api.createTask({ path, body: { projectId: first.id, title: 'One' } })
  const entries = [
    [{ taskId: task.id }, '2026-03-29T10:00:00Z', 60],
    [{ taskId: task.id }, '2026-03-30T10:00:00Z', 120],
    [{ projectId: first.id }, '2026-03-29T11:00:00Z', 240],
    [{ projectId: second.id }, '2026-03-29T12:00:00Z', 480],
  ] as const
  for (const [place, startedAt, durationSeconds] of entries)
    await mia.api.createTimeEntry({ path, body: { ...place, startedAt, durationSeconds } })
  const report = async (groupBy: string) => {
    const query = { project: `${first.id},${second.id}`, from: '2026-03-01', to: '2026-03-31', groupBy }
    const { rows, total } = await mia.api.getTimeReport({ path, query })
    expect(total.durationSeconds).toBe(900)
    return rows
  }
  const rows = [
    { projectId: first.id, taskId: task.id, day: '2026-03-29', durationSeconds: 60 },
    { projectId: first.id, taskId: task.id, day: '2026-03-30', durationSeconds: 120 },
    { projectId: first.id, taskId: null, day: '2026-03-29', durationSeconds: 240 },
    { projectId: second.id, taskId: null, day: '2026-03-29', durationSeconds: 480 },
  ]
  expect(await report('project,task,day')).toMatchObject(rows)
  const [one, another, third, fourth] = rows
  expect(await report('day,project,task')).toMatchObject([one, third, fourth, another])
  expect(await report('task,project,day')).toMatchObject(rows)
  expect(await report('task')).toMatchObject([
    { taskId: task.id, durationSeconds: 180 },
    { taskId: null, durationSeconds: 720 },
  ])
})

test('amounts are exact to the cent as long as a number is, and beyond that the report still answers', async () => {
  const { max, ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Dear' } })
  const entry = { member_id: max.memberId, project_id: project.id, rate_cents: 99_999_999 }
  const seconds = 315_359_999
  const book = (count: number) =>
    world.superuser(
      `insert into ${world.acme.schema}.time_entry (id, member_id, project_id, started_at, ended_at, billable, rate_cents)
       select gen_random_uuid(), $1, $2, '2001-01-01', '2001-01-01'::timestamptz + $3 * interval '1 s', true, $4
       from generate_series(1, $5::int)`,
      [entry.member_id, entry.project_id, seconds, entry.rate_cents, count],
    )
  const amount = async () => {
    const { rows, total } = await max.api.getTimeReport({ path, query: { project: project.id } })
    expect(rows).toMatchObject([{ amountCents: total.amountCents }])
    return total.amountCents
  }
  await book(1_000)
  const cents = (BigInt(seconds) * BigInt(entry.rate_cents) + 1_800n) / 3_600n
  expect(await amount()).toBe(Number(1_000n * cents))
  expect(1_000n * cents).toBeLessThan(BigInt(Number.MAX_SAFE_INTEGER))
  await book(1_000)
  expect(await amount()).toBe(Number.MAX_SAFE_INTEGER)
})

test('time of a task with two tags counts under both, and once in the total', async () => {
  const { mia, ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Tagged' } })
  const [a, b] = await Promise.all(['a', 'b'].map(name => mia.api.createTag({ path, body: { name } })))
  const both = await mia.api.createTask({
    path,
    body: { projectId: project.id, title: 'Both', tagIds: [a!.id, b!.id] },
  })
  const book = (body: object) =>
    mia.api.createTimeEntry({ path, body: { startedAt: '2026-07-01T10:00:00Z', durationSeconds: 60, ...body } })
  await book({ taskId: both.id })
  await book({ projectId: project.id })
  const report = await mia.api.getTimeReport({ path, query: { project: project.id, groupBy: 'tag' } })
  const seconds = Object.fromEntries(report.rows.map(row => [row.tagId ?? 'none', row.durationSeconds]))
  expect(seconds).toEqual({ [a!.id]: 60, [b!.id]: 60, none: 60 })
  expect(report.total.durationSeconds).toBe(120)
  const one = await mia.api.getTimeReport({ path, query: { tag: a!.id, groupBy: 'tag,task' } })
  expect(one).toMatchObject({
    rows: [{ tagId: a!.id, taskId: both.id, durationSeconds: 60 }],
    total: { durationSeconds: 60 },
  })
})

test('the tags of a task that one may no longer read are not told', async () => {
  const { mia, ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Closing' } })
  const tag = await ada.api.createTag({ path, body: { name: 'layoffs' } })
  const task = await ada.api.createTask({ path, body: { projectId: project.id, title: 'Plan', tagIds: [tag.id] } })
  await mia.api.createTimeEntry({
    path,
    body: { taskId: task.id, startedAt: '2026-08-01T10:00:00Z', durationSeconds: 60 },
  })
  await ada.api.updateProject({ path: { ...path, project: project.id }, body: { private: true } })
  expect((await mia.api.getTimeReport({ path, query: { project: project.id, groupBy: 'tag' } })).rows).toMatchObject([
    { tagId: null, durationSeconds: 60 },
  ])
  expect((await mia.api.getTimeReport({ path, query: { tag: tag.id } })).total.durationSeconds).toBe(0)
})

test('a member’s report holds only their own time, a manager’s everybody’s, and a guest gets none', async () => {
  const { ada, max, mia, tom, gus } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Shared' } })
  for (const person of [mia, tom]) {
    await person.api.createTimeEntry({
      path,
      body: {
        projectId: project.id,
        startedAt: '2026-09-01T10:00:00Z',
        durationSeconds: 60,
        billable: true,
        rateCents: 6000,
      },
    })
  }
  const query = { project: project.id, groupBy: 'member' }
  expect(await mia.api.getTimeReport({ path, query })).toEqual({
    rows: [{ memberId: mia.memberId, durationSeconds: 60, billableSeconds: 60, amountCents: 100 }],
    total: { durationSeconds: 60, billableSeconds: 60, amountCents: 100 },
  })
  expect((await mia.api.getTimeReport({ path, query: { ...query, member: tom.memberId } })).total.durationSeconds).toBe(
    0,
  )
  expect((await max.api.getTimeReport({ path, query })).total.durationSeconds).toBe(120)
  expect(
    (await max.api.getTimeReport({ path, query: { ...query, member: `me,${tom.memberId}` } })).total.durationSeconds,
  ).toBe(60)
  await expect(gus.api.getTimeReport({ path, query })).rejects.toMatchObject({ status: 403 })
})

test('a running entry counts up to now, and an empty report is all zeros', async () => {
  const { hugo } = world.globex
  const there = { workspace: 'globex' }
  expect(await hugo.api.getTimeReport({ path: there })).toEqual({
    rows: [],
    total: { durationSeconds: 0, billableSeconds: 0, amountCents: 0 },
  })
  const project = (await hugo.api.listProjects({ path: there })).items[0]!
  await hugo.api.startTimer({ path: there, body: { projectId: project.id, billable: true, rateCents: 6000 } })
  world.setClock('2026-11-02T08:30:00Z')
  expect((await hugo.api.getTimeReport({ path: there })).rows).toEqual([
    { projectId: project.id, durationSeconds: 1800, billableSeconds: 1800, amountCents: 3000 },
  ])
})

test('an unknown grouping is refused', async () => {
  const asked = world.acme.ada.api.getTimeReport({ path, query: { groupBy: 'project,salary' } })
  await expect(asked).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/query/groupBy' }] })
})
