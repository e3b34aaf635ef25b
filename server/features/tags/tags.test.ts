import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a tag without a colour gets one that follows from its name', async () => {
  const { mia } = world.acme
  const made = await mia.api.createTag({ path, body: { name: 'Font' } })
  expect(made).toMatchObject({ name: 'Font', color: expect.stringMatching(/^#[0-9a-f]{6}$/), version: 1 })
  const { gina } = world.globex
  expect((await gina.api.createTag({ path: { workspace: 'globex' }, body: { name: 'FONT' } })).color).toBe(made.color)
  expect((await mia.api.createTag({ path, body: { name: 'Logo', color: '#ABCDEF' } })).color).toBe('#abcdef')
})

test('a name is taken once, whatever its case', async () => {
  const { ada, mia } = world.acme
  await mia.api.createTag({ path, body: { name: 'Blocked' } })
  const again = mia.api.createTag({ path, body: { name: 'BLOCKED' } })
  await expect(again).rejects.toMatchObject({ status: 409, errors: [{ pointer: '/name' }] })
  const other = await mia.api.createTag({ path, body: { name: 'Free' } })
  const renamed = ada.api.updateTag({ path: { ...path, tag: other.id }, body: { name: 'blocked' } })
  await expect(renamed).rejects.toMatchObject({ status: 409, errors: [{ pointer: '/name' }] })
  expect(
    await ada.api.updateTag({ path: { ...path, tag: other.id }, body: { name: 'FREE' }, ifMatch: '"1"' }),
  ).toMatchObject({ name: 'FREE', version: 2 })
  await expect(ada.api.deleteTag({ path: { ...path, tag: other.id }, ifMatch: '"1"' })).rejects.toMatchObject({
    status: 412,
  })
})

test('deleting a tag takes it off every task, and each of them says so', async () => {
  const { ada, mia } = world.acme
  const tag = await mia.api.createTag({ path, body: { name: 'Obsolete' } })
  const project = await ada.api.createProject({ path, body: { name: 'Website' } })
  const tasks = await Promise.all(
    ['A', 'B'].map(title => mia.api.createTask({ path, body: { projectId: project.id, title, tagIds: [tag.id] } })),
  )
  await ada.api.deleteTag({ path: { ...path, tag: tag.id } })
  for (const { id, version } of tasks) {
    const task = await mia.api.getTask({ path: { ...path, task: id } })
    expect(task.tagIds).toEqual([])
    expect(task.version).toBeGreaterThan(version)
    const { items } = await mia.api.listTaskHistory({ path: { ...path, task: id } })
    expect(items[0]).toMatchObject({
      action: 'task.tag_removed',
      memberId: ada.memberId,
      changes: { name: { from: 'Obsolete', to: null } },
    })
  }
})

test('members make tags; only managers and admins change or delete them; guests see those of their tasks', async () => {
  const { ada, max, mia, gus } = world.acme
  const [seen, unseen] = await Promise.all(['Seen', 'Unseen'].map(name => mia.api.createTag({ path, body: { name } })))
  const place = { ...path, tag: seen!.id }
  await expect(mia.api.updateTag({ path: place, body: { color: '#000000' } })).rejects.toMatchObject({ status: 403 })
  await expect(mia.api.deleteTag({ path: place })).rejects.toMatchObject({ status: 403 })
  await expect(gus.api.createTag({ path, body: { name: 'Guest' } })).rejects.toMatchObject({ status: 403 })
  expect(await max.api.updateTag({ path: place, body: { color: '#000000' } })).toMatchObject({ color: '#000000' })
  await expect(gus.api.getTag({ path: place })).rejects.toMatchObject({ status: 404 })
  const project = await ada.api.createProject({ path, body: { name: 'For guests' } })
  await ada.api.createTask({
    path,
    body: { projectId: project.id, title: 'Look', tagIds: [seen!.id], viewerIds: [gus.memberId] },
  })
  expect((await gus.api.listTags({ path })).items.map(tag => tag.name)).toEqual(['Seen'])
  await expect(gus.api.getTag({ path: { ...path, tag: unseen!.id } })).rejects.toMatchObject({ status: 404 })
})

test('tags are listed by name, page by page', async () => {
  const { hugo } = world.globex
  const there = { workspace: 'globex' }
  for (const name of ['c', 'a', 'b']) await hugo.api.createTag({ path: there, body: { name } })
  const first = await hugo.api.listTags({ path: there, query: { limit: 2 } })
  const rest = await hugo.api.listTags({ path: there, query: { limit: 2, cursor: first.nextCursor ?? '' } })
  expect([...first.items, ...rest.items].map(tag => tag.name).filter(name => name.length === 1)).toEqual([
    'a',
    'b',
    'c',
  ])
})
