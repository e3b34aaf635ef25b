import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMorningRound } from '#server/features/notifications/make-morning-round.ts'
import { cleanUp } from '#server/jobs/clean-up.ts'
import { readSettled } from '#tests/events/read-settled.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
const never = new AbortController().signal
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

const round = () => makeMorningRound(world.services, { workspaceId: world.acme.id }, never)
// In winter; each test has a day of its own.
const at = (day: string, time = '08:00') => world.setClock(`${day}T${time}:00+01:00`)

async function dueOf({ api }: Person): Promise<string[]> {
  const { items } = await api.listNotifications({ path, query: { limit: 200 } })
  return items.flatMap(({ kind, taskTitle, dueOn }) => (kind === 'due' ? `${taskTitle} ${dueOn}` : []))
}

async function createTask(title: string, dueOn: string, assignee: Person = world.acme.mia): Promise<string> {
  const body = { projectId, title, dueOn, assigneeId: assignee.memberId }
  return (await world.acme.ada.api.createTask({ path, body })).id
}

const update = (task: string, body: Parameters<Person['api']['updateTask']>[0]['body']) =>
  world.acme.ada.api.updateTask({ path: { ...path, task }, body })

/** The moments for which a round waits in the queue. */
const queued = async () => {
  const rows = await world.superuser<{ key: string }>(
    `select key from graphile_worker._private_jobs where key like 'morning/${world.acme.id}/%' order by key`,
  )
  return rows.map(({ key }) => key.split('/').at(-1))
}

test('a due task notifies its assignee once, even when two processes look at once, and not before eight', async () => {
  await createTask('Once', '2088-01-05')
  at('2088-01-04', '23:00')
  await round()
  at('2088-01-05', '07:59')
  await round()
  expect(await dueOf(world.acme.mia)).toEqual([])
  at('2088-01-05')
  await Promise.all([round(), round(), round()])
  await round()
  expect(await dueOf(world.acme.mia)).toEqual(['Once 2088-01-05'])
  expect(await dueOf(world.acme.ada)).toEqual([])
})

test('whoever is killed after the first of several is stored tells the rest, and the first only once', async () => {
  await createTask('First', '2088-01-06', world.acme.tom)
  await createTask('Second', '2088-01-06', world.acme.tom)
  at('2088-01-06')
  const { schema } = world.acme
  await world.superuser(
    `insert into ${schema}.notification (id, member_id, kind, task_id, due_on)
     select gen_random_uuid(), assignee_id, 'due', id, due_on from ${schema}.task where title = 'First'`,
  )
  await round()
  expect((await dueOf(world.acme.tom)).toSorted()).toEqual(['First 2088-01-06', 'Second 2088-01-06'])
})

test('a task closed before eight notifies nobody, and neither does one without an assignee', async () => {
  const closed = await createTask('Closed', '2088-01-07')
  await update(closed, { status: 'cancelled' })
  await update(await createTask('Nobody’s', '2088-01-07'), { assigneeId: null })
  at('2088-01-07')
  await round()
  for (const person of [world.acme.mia, world.acme.ada])
    expect(await dueOf(person)).not.toEqual(expect.arrayContaining([expect.stringContaining('2088-01-07')]))
})

test('a new date and a new assignee are told anew, the same date again is not', async () => {
  const { mia, tom } = world.acme
  const task = await createTask('Moving', '2088-01-08')
  at('2088-01-08')
  await round()
  await update(task, { dueOn: '2088-01-09' })
  at('2088-01-09')
  await round()
  const moving = async (person: Person) => (await dueOf(person)).filter(line => line.startsWith('Moving')).toSorted()
  expect(await moving(mia)).toEqual(['Moving 2088-01-08', 'Moving 2088-01-09'])
  await update(task, { assigneeId: tom.memberId })
  await round()
  await update(task, { assigneeId: mia.memberId })
  await round()
  expect(await moving(mia)).toEqual(['Moving 2088-01-08', 'Moving 2088-01-09'])
  expect(await moving(tom)).toEqual(['Moving 2088-01-09'])
})

test('who may not read the task any more, or is no active member, hears of nothing', async () => {
  const { ada, mia, tom } = world.acme
  const secret = await ada.api.createProject({ path, body: { name: 'Board', key: 'BRD' } })
  const body = { projectId: secret.id, title: 'Secret', dueOn: '2088-01-12', assigneeId: tom.memberId }
  const { id: task } = await ada.api.createTask({ path, body })
  await createTask('Away', '2088-01-12', mia)
  await ada.api.updateMember({ path: { ...path, member: mia.memberId }, body: { active: false } })
  const roles = (await ada.api.listRoles({ path })).items
  const { permissions } = roles.find(({ builtin }) => builtin === 'member')!
  const blind = { ...permissions, task: { ...permissions.task, read: 'none' as const } }
  const role = await ada.api.createRole({ path, body: { name: 'Blind', guest: false, permissions: blind } })
  const before = roles.find(({ builtin }) => builtin === 'member')!.id
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { roleId: role.id } })
  at('2088-01-12')
  await round()
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { roleId: before } })
  await ada.api.updateMember({ path: { ...path, member: mia.memberId }, body: { active: true } })
  const stored = await world.superuser(
    `select from ${world.acme.schema}.notification where kind = 'due' and due_on = '2088-01-12'`,
  )
  expect(stored).toEqual([])
  // Not that they would not be told: now they are.
  await round()
  expect(await dueOf(tom)).toContain('Secret 2088-01-12')
  expect(await dueOf(mia)).toContain('Away 2088-01-12')
  await update(task, { status: 'done' })
})

test('a server that was off at eight makes up for it the same day, and for no day that is over', async () => {
  await createTask('Missed', '2088-01-13')
  await createTask('Late', '2088-01-15')
  at('2088-01-15', '21:30')
  await round()
  expect((await dueOf(world.acme.mia)).filter(line => /Missed|Late/.test(line))).toEqual(['Late 2088-01-15'])
})

test('after eight, whoever makes a task due today themselves is not told, and whoever is made to is', async () => {
  const { ada, mia, tom } = world.acme
  // The day is over by the database's own clock, by which events are dated.
  const day = Temporal.Now.plainDateISO('Europe/Brussels').subtract({ days: 1 }).toString()
  world.setClock(`${day}T12:00:00Z`)
  const create = (title: string, by: Person, to: Person) =>
    by.api.createTask({ path, body: { projectId, title, dueOn: day, assigneeId: to.memberId } })
  await create('My own plan', mia, mia)
  await create('Sudden', ada, tom)
  await round()
  expect(await dueOf(mia)).not.toContain(`My own plan ${day}`)
  expect(await dueOf(tom)).toContain(`Sudden ${day}`)
})

test('only a workspace with something for a morning is queued, by the events and by the clean-up', async () => {
  const { schema } = world.acme
  await world.superuser(`delete from ${schema}.task`)
  await world.superuser(`delete from ${schema}.notification`)
  await world.superuser('delete from graphile_worker._private_jobs')
  at('2088-02-02', '07:00')
  await readSettled(world)
  await cleanUp(world.services, never)
  expect(await queued()).toEqual([])
  const task = await createTask('Later', '2088-03-01')
  await readSettled(world)
  // The digest of the assignment comes before.
  expect(await queued()).toEqual(['2088-02-02'])
  await world.superuser(`delete from ${schema}.notification`)
  await world.superuser('delete from graphile_worker._private_jobs')
  await cleanUp(world.services, never)
  expect(await queued()).toEqual(['2088-03-01'])
  await world.superuser('delete from graphile_worker._private_jobs')
  at('2088-03-01')
  await round()
  // Mia is told, and mailed at once: what is left is nothing.
  expect(await queued()).toEqual([])
  await update(task, { dueOn: '2088-03-05' })
  await readSettled(world)
  expect(await queued()).toEqual(['2088-03-05'])
})
