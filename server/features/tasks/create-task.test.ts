import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a new task gets the next number of its project and an audit event in the name of its creator', async () => {
  const { ada, mia } = world.acme
  const project = await ada.api.createProject({ path: { workspace: 'acme' }, body: { name: 'Website', key: 'WEB' } })
  const first = await mia.api.createTask({
    path: { workspace: 'acme' },
    body: { projectId: project.id, title: 'Choose a font' },
  })
  const second = await mia.api.createTask({
    path: { workspace: 'acme' },
    body: { projectId: project.id, title: 'Draw the logo' },
  })
  expect([first.key, second.key]).toEqual(['WEB-1', 'WEB-2'])
  expect(first.creatorId).toBe(mia.memberId)
  const history = await mia.api.listTaskHistory({ path: { workspace: 'acme', task: first.id } })
  expect(history.items.map(event => [event.action, event.memberId])).toEqual([['task.created', mia.memberId]])
  const page = await mia.api.listTasks({ path: { workspace: 'acme' }, query: { limit: 1 } })
  const next = await mia.api.listTasks({
    path: { workspace: 'acme' },
    query: { limit: 1, cursor: page.nextCursor ?? '' },
  })
  expect([page, next].map(p => p.items[0]?.key)).toEqual(['WEB-1', 'WEB-2'])
})

test('a project of another workspace is as unknown as a random id', async () => {
  const { id } = await world.globex.gina.api.createProject({ path: { workspace: 'globex' }, body: { name: 'Secret' } })
  const asked = world.acme.ada.api.createTask({ path: { workspace: 'acme' }, body: { projectId: id, title: 'Spy' } })
  await expect(asked).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/projectId' }] })
})
