import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const at = (project: { id: string }) => ({ ...path, project: project.id })
const newProject = (name: string, more: object = {}) =>
  world.acme.ada.api.createProject({ path, body: { name, ...more } })

test('a project without a key gets a free one made of its name; a taken one is refused', async () => {
  const keys: string[] = []
  for (const name of ['Marketing Plan', 'Maple Pancakes', 'Überblick', '2027', '名前'])
    keys.push((await newProject(name)).key)
  expect(keys).toEqual(['MP', 'MP2', 'UBER', 'PRJ', 'PRJ2'])
  await expect(newProject('Other', { key: 'MP' })).rejects.toMatchObject({ status: 409, errors: [{ pointer: '/key' }] })
  await expect(newProject('Other', { key: 'mp' })).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/key' }] })
})

test('projects of one name that are made at once all get a key', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => newProject('Same Name')))
  expect(new Set(made.map(({ key }) => key)).size).toBe(8)
})

test('a key that a project has which one cannot see is passed over, not told', async () => {
  const { ada, tom } = world.acme
  await newProject('Hidden Thing', { private: true })
  const member = (await ada.api.listRoles({ path })).items.find(({ builtin }) => builtin === 'member')!
  const body = {
    name: 'Lead',
    permissions: { ...member.permissions, project: { read: 'project', write: 'project' } as const },
  }
  const role = await ada.api.createRole({ path, body })
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { roleId: role.id } })
  expect(await tom.api.createProject({ path, body: { name: 'Honest Trade' } })).toMatchObject({ key: 'HT2' })
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { roleId: member.id } })
})

test('a new key renames the tasks', async () => {
  const { ada, mia } = world.acme
  const project = await newProject('Website', { key: 'OLD' })
  const task = await mia.api.createTask({ path, body: { projectId: project.id, title: 'Draw' } })
  await ada.api.updateProject({ path: at(project), body: { key: 'NEW' }, ifMatch: '"1"' })
  expect((await mia.api.getTask({ path: { ...path, task: task.id } })).key).toBe('NEW-1')
  await expect(ada.api.updateProject({ path: at(project), body: { name: 'x' }, ifMatch: '"1"' })).rejects.toMatchObject(
    { status: 412 },
  )
  await expect(ada.api.deleteProject({ path: at(project), ifMatch: '"1"' })).rejects.toMatchObject({ status: 412 })
})

test('an archived project stays readable, leaves the list, and takes no tasks: not new, not moved', async () => {
  const { ada, mia } = world.acme
  const [project, other] = [await newProject('Done'), await newProject('Alive')]
  const task = await mia.api.createTask({ path, body: { projectId: project.id, title: 'Draw' } })
  const elsewhere = await mia.api.createTask({ path, body: { projectId: other.id, title: 'Paint' } })
  const archived = await ada.api.updateProject({ path: at(project), body: { archived: true } })
  expect(archived.archivedAt).toEqual(expect.any(String))
  expect((await ada.api.updateProject({ path: at(project), body: { archived: true } })).archivedAt).toBe(
    archived.archivedAt,
  )
  const refused = { status: 422, code: 'rule-broken', errors: [{ pointer: '/projectId' }] }
  await expect(mia.api.createTask({ path, body: { projectId: project.id, title: 'Late' } })).rejects.toMatchObject(
    refused,
  )
  await expect(
    mia.api.updateTask({ path: { ...path, task: elsewhere.id }, body: { projectId: project.id } }),
  ).rejects.toMatchObject(refused)
  expect(
    await mia.api.updateTask({ path: { ...path, task: task.id }, body: { title: 'Drawn', projectId: project.id } }),
  ).toMatchObject({ title: 'Drawn' })
  const ids = async (isArchived: boolean) =>
    (await mia.api.listProjects({ path, query: { archived: isArchived, limit: 200 } })).items.map(item => item.id)
  expect([(await ids(false)).includes(project.id), (await ids(true)).includes(project.id)]).toEqual([false, true])
  await ada.api.updateProject({ path: at(project), body: { archived: false } })
  expect(await mia.api.createTask({ path, body: { projectId: project.id, title: 'Late' } })).toMatchObject({
    number: 2,
  })
})

test('archiving while tasks are made leaves none that came after', async () => {
  const { ada, mia } = world.acme
  const project = await newProject('Race')
  const made = Array.from({ length: 8 }, () =>
    mia.api.createTask({ path, body: { projectId: project.id, title: 'x' } }),
  )
  const { archivedAt } = await ada.api.updateProject({ path: at(project), body: { archived: true } })
  expect(archivedAt).not.toBeNull()
  const count = async () => (await mia.api.listTasks({ path, query: { project: project.id } })).items.length
  const results = await Promise.allSettled(made)
  expect(await count()).toBe(results.filter(result => result.status === 'fulfilled').length)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 422 })
})

test('only managers and admins change projects; a private one is unknown to whom it does not name', async () => {
  const { ada, max, mia, tom, gus } = world.acme
  const open = await newProject('Open')
  await expect(mia.api.createProject({ path, body: { name: 'Mine' } })).rejects.toMatchObject({ status: 403 })
  await expect(mia.api.updateProject({ path: at(open), body: { name: 'x' } })).rejects.toMatchObject({ status: 403 })
  await expect(mia.api.deleteProject({ path: at(open) })).rejects.toMatchObject({ status: 403 })
  await expect(gus.api.getProject({ path: at(open) })).rejects.toMatchObject({ status: 404 })
  const secret = await max.api.createProject({ path, body: { name: 'Secret', private: true } })
  expect(secret.memberIds).toEqual([max.memberId])
  expect(await ada.api.getProject({ path: at(secret) })).toMatchObject({ id: secret.id })
  await expect(mia.api.getProject({ path: at(secret) })).rejects.toMatchObject({ status: 404 })
  expect((await mia.api.listProjects({ path, query: { limit: 200 } })).items.map(item => item.id)).not.toContain(
    secret.id,
  )
  for (const { api, memberId } of [mia, gus]) {
    await max.api.addProjectMember({ path: { ...at(secret), member: memberId } })
    expect(await api.getProject({ path: at(secret) })).toMatchObject({ id: secret.id })
    await max.api.removeProjectMember({ path: { ...at(secret), member: memberId } })
    await expect(api.getProject({ path: at(secret) })).rejects.toMatchObject({ status: 404 })
  }
  await expect(tom.api.addProjectMember({ path: { ...at(secret), member: tom.memberId } })).rejects.toMatchObject({
    status: 403,
  })
})

test('deleting a project takes its tasks, comments and time, and leaves their history', async () => {
  const { ada, mia } = world.acme
  const project = await newProject('Short lived')
  const task = await mia.api.createTask({ path, body: { projectId: project.id, title: 'Draw' } })
  const comment = await mia.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Hi' } })
  const entry = await mia.api.createTimeEntry({
    path,
    body: { taskId: task.id, startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 },
  })
  await ada.api.deleteProject({ path: at(project) })
  await expect(mia.api.getTask({ path: { ...path, task: task.id } })).rejects.toMatchObject({ status: 404 })
  await expect(mia.api.getTimeEntry({ path: { ...path, entry: entry.id } })).rejects.toMatchObject({ status: 404 })
  for (const [entityId, entity] of [
    [project.id, 'project'],
    [task.id, 'task'],
    [comment.id, 'comment'],
    [entry.id, 'time_entry'],
  ] as const) {
    const { items } = await ada.api.listAuditEvents({ path, query: { entityId } })
    expect(items.map(event => event.action)).toContain(`${entity}.deleted`)
    expect(items.map(event => event.action)).toContain(`${entity}.created`)
    expect(items[0]).toMatchObject({ projectId: project.id, memberId: ada.memberId })
  }
})
