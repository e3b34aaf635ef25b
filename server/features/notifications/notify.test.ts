import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { readSettled } from '#tests/events/read-settled.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

const read = () => readSettled(world)

async function newOf(person: Person): Promise<[string, string | null, string | null][]> {
  await read()
  const { items } = await person.api.listNotifications({ path, query: { unread: true } })
  await person.api.readAllNotifications({ path })
  return items.map(item => [item.kind, item.taskKey, item.actorId])
}

const settle = async () => {
  for (const person of [world.acme.ada, world.acme.max, world.acme.mia, world.acme.tom, world.acme.gus])
    await newOf(person)
}

test('whoever a task is given to hears of it, and nobody hears of what they do themselves', async () => {
  const { mia, tom } = world.acme
  await settle()
  const task = await mia.api.createTask({ path, body: { projectId, title: 'Given', assigneeId: tom.memberId } })
  await mia.api.createTask({ path, body: { projectId, title: 'My own', assigneeId: mia.memberId } })
  expect(await newOf(tom)).toEqual([['assigned', task.key, mia.memberId]])
  expect(await newOf(mia)).toEqual([])
  await tom.api.updateTask({ path: { ...path, task: task.id }, body: { status: 'done' } })
  expect(await newOf(mia)).toEqual([['status_changed', task.key, tom.memberId]])
  expect(await newOf(tom)).toEqual([])
})

test('a viewer hears that they may see a task, and a mention by id, by first name or by whole name is heard once', async () => {
  const { ada, mia, tom, gus } = world.acme
  await settle()
  const body = {
    projectId,
    title: 'Mentions',
    description: `@tom, @[Mia](member:${mia.memberId}) and @"Max": see \`@gus\``,
  }
  const task = await ada.api.createTask({ path, body })
  expect(await newOf(tom)).toEqual([['mentioned', task.key, ada.memberId]])
  expect(await newOf(mia)).toEqual([['mentioned', task.key, ada.memberId]])
  expect(await newOf(gus)).toEqual([])
  await ada.api.updateTask({ path: { ...path, task: task.id }, body: { description: `${body.description} and @gus` } })
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: gus.memberId } })
  expect(await newOf(tom)).toEqual([])
  // Gus may not read the task at the mention; by the time it is told he is its viewer, and both are true.
  expect((await newOf(gus)).map(([kind]) => kind).toSorted()).toEqual(['mentioned', 'viewer_added'])
})

test('a comment is heard by assignee, creator, viewers and those who commented before, and a mention in it as a mention', async () => {
  const { ada, max, mia, tom } = world.acme
  await settle()
  const task = await mia.api.createTask({
    path,
    body: { projectId, title: 'Talk', assigneeId: tom.memberId, viewerIds: [ada.memberId] },
  })
  await settle()
  await comment(max, task.id, 'First')
  for (const person of [ada, mia, tom]) expect(await newOf(person)).toEqual([['commented', task.key, max.memberId]])
  await comment(tom, task.id, 'Second, @max')
  expect(await newOf(max)).toEqual([['mentioned', task.key, tom.memberId]])
  await comment(mia, task.id, 'Third')
  expect(await newOf(max)).toEqual([['commented', task.key, mia.memberId]])
})

function comment(author: Person, taskId: string, body: string): Promise<void> {
  const workspace = { id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 }
  return world.services.workspaces.transact(workspace, { memberId: author.memberId }, { requestId: 'test' }, db =>
    db.insert('comment', { id: uuid7(), task_id: taskId, author_id: author.memberId, body }),
  )
}

test('nobody hears of a task that they may not read', async () => {
  const { ada, tom, gus } = world.acme
  await settle()
  const secret = await ada.api.createProject({ path, body: { name: 'Board', key: 'BRD', private: true } })
  await ada.api.createTask({ path, body: { projectId: secret.id, title: 'Secret', description: '@tom @gus' } })
  expect(await newOf(tom)).toEqual([])
  expect(await newOf(gus)).toEqual([])
})

test('a notification shows nothing of a task that is no longer readable, and goes with a deleted one', async () => {
  const { ada, tom } = world.acme
  await settle()
  const project = await ada.api.createProject({ path, body: { name: 'Opening', key: 'OPN' } })
  const task = await ada.api.createTask({ path, body: { projectId: project.id, title: 'Hush', description: '@tom' } })
  await read()
  await ada.api.updateProject({ path: { ...path, project: project.id }, body: { private: true } })
  const { items } = await tom.api.listNotifications({ path })
  expect(items[0]).toMatchObject({ kind: 'mentioned', taskId: null, taskKey: null, taskTitle: null, actorId: null })
  await ada.api.deleteTask({ path: { ...path, task: task.id } })
  const after = await tom.api.listNotifications({ path })
  expect(after.items.map(item => item.id)).not.toContain(items[0]!.id)
})

test('reading the same events again makes no second notification', async () => {
  const { mia, tom } = world.acme
  await settle()
  await mia.api.createTask({ path, body: { projectId, title: 'Once', assigneeId: tom.memberId } })
  await read()
  await world.superuser(`update ${world.acme.schema}.workspace set notified_xid = '0', notified_seq = 0`)
  await Promise.all([read(), read()])
  expect(await newOf(tom)).toHaveLength(1)
})

test('a notification is marked read and unread by its member only, and the count follows', async () => {
  const { mia, tom } = world.acme
  await settle()
  await mia.api.createTask({ path, body: { projectId, title: 'Counted', assigneeId: tom.memberId } })
  await read()
  const [item] = (await tom.api.listNotifications({ path, query: { unread: true } })).items
  const one = { path: { ...path, notification: item!.id } }
  expect(await tom.api.countNotifications({ path })).toEqual({ unread: 1 })
  expect((await tom.api.updateNotification({ ...one, body: { read: true } })).readAt).not.toBeNull()
  expect(await tom.api.countNotifications({ path })).toEqual({ unread: 0 })
  expect((await tom.api.updateNotification({ ...one, body: { read: false } })).readAt).toBeNull()
  await expect(mia.api.updateNotification({ ...one, body: { read: true } })).rejects.toMatchObject({ status: 404 })
})
