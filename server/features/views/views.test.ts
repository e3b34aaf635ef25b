import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a view is its own member’s to change, and others’ to read only while it is shared', async () => {
  const { mia, tom } = world.acme
  const view = await mia.api.createView({
    path,
    body: { name: 'Open', layout: 'board', filters: { assignee: 'me', status: 'todo,doing' } },
  })
  expect(view).toMatchObject({
    memberId: mia.memberId,
    shared: false,
    layout: 'board',
    filters: { assignee: 'me', status: 'todo,doing' },
  })
  const one = { path: { ...path, view: view.id } }
  await expect(tom.api.getView(one)).rejects.toMatchObject({ status: 404 })
  expect((await tom.api.listViews({ path })).items).toEqual([])
  await mia.api.updateView({ ...one, body: { shared: true } })
  expect((await tom.api.listViews({ path })).items.map(item => item.id)).toEqual([view.id])
  await expect(tom.api.updateView({ ...one, body: { name: 'Mine' } })).rejects.toMatchObject({ status: 403 })
  await expect(tom.api.deleteView(one)).rejects.toMatchObject({ status: 403 })
  await expect(world.acme.ada.api.deleteView(one)).rejects.toMatchObject({ status: 403 })
  await mia.api.deleteView(one)
  await expect(mia.api.getView(one)).rejects.toMatchObject({ status: 404 })
})

test('a view that changed since it was read is not changed again', async () => {
  const { mia } = world.acme
  const view = await mia.api.createView({ path, body: { name: 'Twice' } })
  const one = { path: { ...path, view: view.id }, ifMatch: `"${view.version}"` }
  await mia.api.updateView({ ...one, body: { name: 'First' } })
  await expect(mia.api.updateView({ ...one, body: { name: 'Second' } })).rejects.toMatchObject({ status: 412 })
})

test('filters that the list of tasks does not know are refused', async () => {
  const { mia } = world.acme
  for (const filters of [{ colour: 'red' }, { status: 'finished' }, { assignee: 'mia' }, { sort: 'random' }]) {
    const asked = mia.api.createView({ path, body: { name: 'Odd', filters: filters as object } })
    await expect(asked, JSON.stringify(filters)).rejects.toMatchObject({ status: 400 })
  }
})
