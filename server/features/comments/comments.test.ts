import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function secretTask() {
  const { ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Secret', private: true } })
  return ada.api.createTask({ path, body: { projectId: project.id, title: 'Plan the merger' } })
}

async function openTask() {
  const { ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Website' } })
  return ada.api.createTask({ path, body: { projectId: project.id, title: 'Choose a font' } })
}

test('a comment names its author, is an event of its task, and says when it was edited', async () => {
  const { mia, tom } = world.acme
  const task = await openTask()
  const made = await mia.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Take **Inter**.' } })
  expect(made).toMatchObject({
    taskId: task.id,
    authorId: mia.memberId,
    authorName: null,
    body: 'Take **Inter**.',
    editedAt: null,
    version: 1,
  })
  const same = await mia.api.updateComment({ path: { ...path, comment: made.id }, body: { body: 'Take **Inter**.' } })
  expect(same).toMatchObject({ editedAt: null, version: 1 })
  const edited = await mia.api.updateComment({
    path: { ...path, comment: made.id },
    body: { body: 'Take **Roboto**.' },
    ifMatch: '"1"',
  })
  expect(edited).toMatchObject({ body: 'Take **Roboto**.', version: 2, editedAt: expect.any(String) })
  const stale = mia.api.updateComment({ path: { ...path, comment: made.id }, body: { body: 'x' }, ifMatch: '"1"' })
  await expect(stale).rejects.toMatchObject({ status: 412 })
  const history = await tom.api.listTaskHistory({ path: { ...path, task: task.id } })
  expect(history.items[0]).toMatchObject({
    action: 'comment.updated',
    memberId: mia.memberId,
    changes: { body: { from: 'Take **Inter**.', to: 'Take **Roboto**.' } },
  })
})

test('comments are listed oldest first, page by page, each exactly once', async () => {
  const { mia, tom } = world.acme
  const task = await openTask()
  for (const body of ['one', 'two', 'three', 'four', 'five'])
    await mia.api.createComment({ path: { ...path, task: task.id }, body: { body } })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await tom.api.listComments({ path: { ...path, task: task.id }, query: { limit: 2, cursor } })
    seen.push(...page.items.map(item => item.body))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(['one', 'two', 'three', 'four', 'five'])
})

test('who may not read the task finds no comment, and cannot write one', async () => {
  const { ada, tom, gus } = world.acme
  const task = await secretTask()
  const comment = await ada.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Not yet public.' } })
  for (const { api } of [tom, gus]) {
    const place = { ...path, task: task.id }
    await expect(api.listComments({ path: place })).rejects.toMatchObject({ status: 404 })
    await expect(api.createComment({ path: place, body: { body: 'Hi' } })).rejects.toMatchObject({ status: 404 })
    await expect(api.getComment({ path: { ...path, comment: comment.id } })).rejects.toMatchObject({ status: 404 })
    await expect(
      api.updateComment({ path: { ...path, comment: comment.id }, body: { body: 'x' } }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(api.deleteComment({ path: { ...path, comment: comment.id } })).rejects.toMatchObject({ status: 404 })
  }
})

test('a viewer reads a task’s comments and adds one, from outside its private project', async () => {
  const { ada, gus } = world.acme
  const task = await secretTask()
  await ada.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Look at this.' } })
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: gus.memberId } })
  await gus.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Looks good.' } })
  const { items } = await gus.api.listComments({ path: { ...path, task: task.id } })
  expect(items.map(item => item.body)).toEqual(['Look at this.', 'Looks good.'])
})

test('one changes and deletes only one’s own; an admin any; a manager deletes any but changes none', async () => {
  const { ada, max, mia, tom } = world.acme
  const task = await openTask()
  const comment = await mia.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Mine.' } })
  const place = { ...path, comment: comment.id }
  await expect(tom.api.updateComment({ path: place, body: { body: 'x' } })).rejects.toMatchObject({ status: 403 })
  await expect(tom.api.deleteComment({ path: place })).rejects.toMatchObject({ status: 403 })
  await expect(max.api.updateComment({ path: place, body: { body: 'x' } })).rejects.toMatchObject({ status: 403 })
  expect(await ada.api.updateComment({ path: place, body: { body: 'Moderated.' } })).toMatchObject({
    body: 'Moderated.',
  })
  await max.api.deleteComment({ path: place })
  await expect(mia.api.getComment({ path: place })).rejects.toMatchObject({ status: 404 })
})

test('another workspace’s comment is as unknown as a random id, and a blank one is refused', async () => {
  const { gina } = world.globex
  const task = await openTask()
  const comment = await world.acme.ada.api.createComment({ path: { ...path, task: task.id }, body: { body: 'Ours.' } })
  await expect(gina.api.getComment({ path: { workspace: 'globex', comment: comment.id } })).rejects.toMatchObject({
    status: 404,
  })
  const blank = world.acme.ada.api.createComment({ path: { ...path, task: task.id }, body: { body: ' \n ' } })
  await expect(blank).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/body', message: 'must not be blank' }],
  })
})
