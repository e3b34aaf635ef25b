import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

const limit = 100_000
const path = { workspace: 'acme' }
let world: World
let task: string
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_STORAGE_BYTES_PER_WORKSPACE: String(limit) }, limits: { perLogin: 5 } })
  const { ada } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Files' } })
  task = (await ada.api.createTask({ path, body: { projectId, title: 'Keep' } })).id
})
afterAll(() => world.close())

const attach = (bytes: number) => {
  const form = new FormData()
  form.append('file', new Blob(['x'.repeat(bytes)]), 'x.txt')
  return world.acme.ada.api.createAttachment({ path: { ...path, task }, form })
}
const kept = async () => {
  const folder = join(world.services.config.storageDir, world.acme.schema)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).length
}

test('of files that come at once as many are kept as there is room for, to the byte, and nothing stays of the others', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => attach(30_000)))
  const refusals = outcomes.flatMap(each => (each.status === 'rejected' ? [each.reason] : []))
  expect(outcomes.length - refusals.length).toBe(3)
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 422, code: 'storage-full' })
  expect(await kept()).toBe(3)
  const last = await attach(10_000)
  await expect(attach(1)).rejects.toMatchObject({ code: 'storage-full' })
  await world.acme.ada.api.deleteAttachment({ path: { ...path, attachment: last.id } })
  await attach(10_000)
})

test('another workspace has room of its own', async () => {
  const { gina } = world.globex
  const theirs = { workspace: 'globex' }
  const { id: projectId } = await gina.api.createProject({ path: theirs, body: { name: 'Files' } })
  const { id } = await gina.api.createTask({ path: theirs, body: { projectId, title: 'Keep' } })
  const form = new FormData()
  form.append('file', new Blob(['x'.repeat(90_000)]), 'x.txt')
  expect((await gina.api.createAttachment({ path: { ...theirs, task: id }, form })).sizeBytes).toBe(90_000)
})
