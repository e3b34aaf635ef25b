import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const at = (task: { id: string }) => ({ ...path, task: task.id })
const newProject = (name: string, isPrivate = false, key?: string) =>
  world.acme.ada.api.createProject({ path, body: { name, private: isPrivate, ...(key ? { key } : {}) } })
const newTask = (projectId: string, title = 'Choose a font', more: object = {}) =>
  world.acme.ada.api.createTask({ path, body: { projectId, title, ...more } })

test('a change that was decided on an older version is refused, and changes nothing', async () => {
  const { ada, mia } = world.acme
  const task = await newTask((await newProject('Website')).id)
  await mia.api.updateTask({ path: at(task), body: { status: 'doing' }, ifMatch: `"${task.version}"` })
  await expect(
    ada.api.updateTask({ path: at(task), body: { status: 'done' }, ifMatch: `"${task.version}"` }),
  ).rejects.toMatchObject({ status: 412 })
  await expect(ada.api.deleteTask({ path: at(task), ifMatch: `"${task.version}"` })).rejects.toMatchObject({
    status: 412,
  })
  expect(await ada.api.getTask({ path: at(task) })).toMatchObject({ status: 'doing' })
  expect(await ada.api.updateTask({ path: at(task), body: { status: 'done' }, ifMatch: '*' })).toMatchObject({
    status: 'done',
    closedAt: expect.any(String),
  })
  expect(await ada.api.updateTask({ path: at(task), body: { status: 'todo' } })).toMatchObject({ closedAt: null })
})

test('of two changes at once from the same version exactly one is taken', async () => {
  const { ada } = world.acme
  const task = await newTask((await newProject('Website')).id)
  const tries = ['a', 'b', 'c', 'd'].map(title =>
    ada.api.updateTask({ path: at(task), body: { title }, ifMatch: `"${task.version}"` }),
  )
  const results = await Promise.allSettled(tries)
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 412 })
})

test('what one may not see does not exist; what one sees but may not do is forbidden', async () => {
  const { ada, max, mia, tom, gus } = world.acme
  const secret = await newProject('Secret', true)
  const task = await newTask(secret.id)
  const unknown = { ...path, task: '01990000-0000-7000-8000-000000000000' }
  for (const place of [at(task), unknown]) {
    await expect(mia.api.getTask({ path: place })).rejects.toMatchObject({ status: 404, code: 'not-found' })
    await expect(mia.api.updateTask({ path: place, body: { title: 'x' } })).rejects.toMatchObject({ status: 404 })
    await expect(mia.api.deleteTask({ path: place })).rejects.toMatchObject({ status: 404 })
    await expect(mia.api.listTaskHistory({ path: place })).rejects.toMatchObject({ status: 404 })
    await expect(gus.api.getTask({ path: place })).rejects.toMatchObject({ status: 404 })
    await expect(gus.api.updateTask({ path: place, body: { title: 'x' } })).rejects.toMatchObject({ status: 403 })
  }
  const open = await newTask((await newProject('Website')).id)
  await expect(tom.api.deleteTask({ path: at(open) })).rejects.toMatchObject({ status: 403 })
  expect(await tom.api.updateTask({ path: at(open), body: { assigneeId: tom.memberId } })).toMatchObject({
    assigneeId: tom.memberId,
  })
  await tom.api.deleteTask({ path: at(open) })
  await expect(gus.api.createTask({ path, body: { projectId: secret.id, title: 'x' } })).rejects.toMatchObject({
    status: 403,
  })
  expect(await max.api.updateTask({ path: at(task), body: { title: 'Managed' } })).toMatchObject({ title: 'Managed' })
  await expect(world.globex.gina.api.getTask({ path: { workspace: 'globex', task: task.id } })).rejects.toMatchObject({
    status: 404,
  })
  await expect(world.globex.gina.api.getTask({ path: at(task) })).rejects.toMatchObject({ status: 401 })
  await ada.api.deleteTask({ path: at(task) })
})

test('a viewer reads and does nothing else, a member as much as a guest', async () => {
  const { ada, mia, gus } = world.acme
  const tag = await ada.api.createTag({ path, body: { name: 'viewed' } })
  const task = await newTask((await newProject('Secret', true)).id, 'Look', { tagIds: [tag.id] })
  for (const { api, memberId } of [mia, gus]) {
    await expect(api.getTask({ path: at(task) })).rejects.toMatchObject({ status: 404 })
    await ada.api.addViewerToTask({ path: { ...at(task), member: memberId } })
    expect(await api.getTask({ path: at(task) })).toMatchObject({ id: task.id, title: 'Look' })
    await expect(api.updateTask({ path: at(task), body: { title: 'x' } })).rejects.toMatchObject({ status: 403 })
    await expect(api.deleteTask({ path: at(task) })).rejects.toMatchObject({ status: 403 })
    await expect(api.addViewerToTask({ path: { ...at(task), member: memberId } })).rejects.toMatchObject({
      status: 403,
    })
    await expect(api.removeTagFromTask({ path: { ...at(task), tag: tag.id } })).rejects.toMatchObject({ status: 403 })
    await ada.api.removeViewerFromTask({ path: { ...at(task), member: memberId } })
    await expect(api.getTask({ path: at(task) })).rejects.toMatchObject({ status: 404 })
  }
})

test('the same Idempotency-Key and body make one task, at once and later; another body is refused', async () => {
  const { mia, tom } = world.acme
  const { id: projectId } = await newProject('Website')
  const create = (title: string, who = mia) =>
    who.api.createTask({ path, body: { projectId, title }, idempotencyKey: 'retry-1' })
  const made = await Promise.all(Array.from({ length: 5 }, () => create('Once')))
  expect(new Set(made.map(task => task.id)).size).toBe(1)
  expect(await create('Once')).toEqual(made[0])
  await expect(create('Twice')).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  expect((await create('Twice', tom)).id).not.toBe(made[0]!.id)
  expect((await mia.api.listTasks({ path, query: { project: projectId } })).items).toHaveLength(2)
})

test('a request that failed may be repeated with its Idempotency-Key', async () => {
  const { mia } = world.acme
  const project = await newProject('Secret', true)
  const create = () =>
    mia.api.createTask({ path, body: { projectId: project.id, title: 'Now' }, idempotencyKey: 'retry-2' })
  await expect(create()).rejects.toMatchObject({ status: 404 })
  await world.acme.ada.api.addProjectMember({ path: { ...path, project: project.id, member: mia.memberId } })
  expect(await create()).toMatchObject({ title: 'Now' })
})

test('no task becomes its own ancestor, not through tasks that one cannot see and not by two moves at once', async () => {
  const { ada, mia } = world.acme
  const [open, secret] = [await newProject('Website'), await newProject('Secret', true)]
  const top = await newTask(open.id, 'Top')
  const hidden = await newTask(secret.id, 'Hidden', { parentId: top.id })
  const bottom = await newTask(open.id, 'Bottom', { parentId: hidden.id })
  const refused = { status: 422, code: 'rule-broken', errors: [{ pointer: '/parentId' }] }
  await expect(mia.api.updateTask({ path: at(top), body: { parentId: bottom.id } })).rejects.toMatchObject(refused)
  await expect(ada.api.updateTask({ path: at(top), body: { parentId: top.id } })).rejects.toMatchObject(refused)
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await newTask(open.id, 'A'), await newTask(open.id, 'B')]
    await Promise.allSettled([
      ada.api.updateTask({ path: at(a), body: { parentId: b.id } }),
      mia.api.updateTask({ path: at(b), body: { parentId: a.id } }),
    ])
    const parents = [await ada.api.getTask({ path: at(a) }), await ada.api.getTask({ path: at(b) })].map(
      task => task.parentId,
    )
    expect(parents.filter(parent => parent !== null).length).toBeLessThan(2)
  }
})

test('subtasks nest to fifty and no deeper, and lose their parent when it goes', async () => {
  const { ada } = world.acme
  const { id } = await newProject('Deep')
  let above = await newTask(id)
  const top = above
  const second = await newTask(id, 'Second', { parentId: top.id })
  above = second
  for (let depth = 2; depth < 50; depth++) above = await newTask(id, 'Deeper', { parentId: above.id })
  const last = await newTask(id, 'Last', { parentId: above.id })
  await expect(newTask(id, 'Too deep', { parentId: last.id })).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/parentId' }],
  })
  await ada.api.deleteTask({ path: at(top) })
  expect(await ada.api.getTask({ path: at(second) })).toMatchObject({ parentId: null })
})

test('a task that moves gets the next number of its new project, and leaves its old number unused', async () => {
  const { ada, mia } = world.acme
  const [from, to] = [await newProject('From', false, 'FROM'), await newProject('To', false, 'TO')]
  const moved = await newTask(from.id)
  await newTask(to.id)
  expect(await mia.api.updateTask({ path: at(moved), body: { projectId: to.id } })).toMatchObject({
    key: 'TO-2',
    projectId: to.id,
  })
  expect((await newTask(from.id)).key).toBe('FROM-2')
  const secret = await newProject('Secret', true)
  await expect(mia.api.updateTask({ path: at(moved), body: { projectId: secret.id } })).rejects.toMatchObject({
    status: 404,
    errors: [{ pointer: '/projectId' }],
  })
  const { items } = await ada.api.listTaskHistory({ path: at(moved) })
  expect(items[0]).toMatchObject({
    action: 'task.updated',
    changes: { projectId: { from: from.id, to: to.id }, number: { from: 1, to: 2 } },
  })
})

test('tasks that are made at once all get numbers of their own, without a gap', async () => {
  const { id } = await newProject('Busy')
  const made = await Promise.all(Array.from({ length: 12 }, () => newTask(id)))
  expect(made.map(task => task.number).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
})

test('each tag and viewer that comes or goes is an event with its name; what stays is none', async () => {
  const { ada, mia, tom } = world.acme
  const [red, blue] = await Promise.all(['red', 'blue'].map(name => ada.api.createTag({ path, body: { name } })))
  const task = await newTask((await newProject('Website')).id, 'Paint', {
    tagIds: [red!.id],
    viewerIds: [tom.memberId],
  })
  await ada.api.addTagToTask({ path: { ...at(task), tag: red!.id } })
  const changed = await mia.api.updateTask({ path: at(task), body: { tagIds: [blue!.id], viewerIds: [tom.memberId] } })
  expect(changed).toMatchObject({ tagIds: [blue!.id], viewerIds: [tom.memberId] })
  expect(changed.version).toBeGreaterThan(task.version)
  await mia.api.removeViewerFromTask({ path: { ...at(task), member: tom.memberId } })
  const { items } = await ada.api.listTaskHistory({ path: at(task) })
  expect(
    items.map(({ action, changes, memberId }) => [action, changes.name?.to ?? changes.name?.from, memberId]).reverse(),
  ).toEqual([
    ['task.created', undefined, ada.memberId],
    ['task.tag_added', 'red', ada.memberId],
    ['task.viewer_added', 'Tom', ada.memberId],
    ['task.tag_removed', 'red', mia.memberId],
    ['task.tag_added', 'blue', mia.memberId],
    ['task.viewer_removed', 'Tom', mia.memberId],
  ])
})

test('references have to be there for the caller, and unknown fields are refused', async () => {
  const { mia } = world.acme
  const task = await newTask((await newProject('Website')).id)
  const hidden = await newTask((await newProject('Secret', true)).id)
  const nobody = world.globex.gina.memberId
  const change = (body: object) => mia.api.updateTask({ path: at(task), body })
  await expect(change({ assigneeId: nobody })).rejects.toMatchObject({
    status: 404,
    errors: [{ pointer: '/assigneeId' }],
  })
  await expect(change({ parentId: hidden.id })).rejects.toMatchObject({
    status: 404,
    errors: [{ pointer: '/parentId' }],
  })
  await expect(change({ viewerIds: [nobody] })).rejects.toMatchObject({
    status: 404,
    errors: [{ pointer: '/viewerIds' }],
  })
  await expect(change({ tagIds: [nobody] })).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/tagIds' }] })
  await expect(change({ creatorId: mia.memberId })).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/creatorId' }],
  })
  await expect(change({ startOn: '2026-11-03', dueOn: '2026-11-02' })).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/dueOn' }],
  })
  await expect(change({})).rejects.toMatchObject({ status: 400 })
})

test('deleting a task takes its comments and leaves its history and its time', async () => {
  const { ada, mia } = world.acme
  const project = await newProject('Website')
  const task = await newTask(project.id)
  const comment = await mia.api.createComment({ path: at(task), body: { body: 'Bye' } })
  const entry = await mia.api.createTimeEntry({
    path,
    body: { taskId: task.id, startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 },
  })
  await ada.api.deleteTask({ path: at(task) })
  await expect(mia.api.getComment({ path: { ...path, comment: comment.id } })).rejects.toMatchObject({ status: 404 })
  expect(await mia.api.getTimeEntry({ path: { ...path, entry: entry.id } })).toMatchObject({
    taskId: null,
    projectId: project.id,
    durationSeconds: 60,
  })
  const { items } = await ada.api.listAuditEvents({ path, query: { entityId: task.id } })
  expect(items.map(event => event.action)).toEqual(['task.deleted', 'task.created'])
  expect(
    (await ada.api.listAuditEvents({ path, query: { entityId: comment.id } })).items.map(event => event.action),
  ).toContain('comment.deleted')
})
