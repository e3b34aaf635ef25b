import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('from where somebody worked is told to them and to readers of the audit, and to nobody else', async () => {
  const { ada, max, mia, gus } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Website' } })
  const body = { projectId, title: 'Seen by a guest', viewerIds: [gus.memberId] }
  const { id: task } = await mia.api.createTask({ path, body })
  const addresses = async (api: typeof mia.api) =>
    new Set((await api.listTaskHistory({ path: { ...path, task } })).items.map(event => event.address))
  for (const { api } of [ada, max, mia]) expect(await addresses(api)).toEqual(new Set(['127.0.0.1']))
  expect(await addresses(gus.api)).toEqual(new Set([null]))
})
