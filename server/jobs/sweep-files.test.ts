import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { sweepFiles } from '#server/jobs/sweep-files.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_TEST_CLOCK: Temporal.Now.instant().toString() } })
})
afterAll(() => world.close())

test('after a day a file without a row goes, half ones too; one with a row stays, and so does a young one', async () => {
  const { ada, schema } = world.acme
  const { storage, clock, config } = world.services
  const project = await ada.api.createProject({ path, body: { name: 'Website' } })
  const task = await ada.api.createTask({ path, body: { projectId: project.id, title: 'Draw' } })
  const form = new FormData()
  form.set('file', new Blob(['kept']), 'kept.txt')
  const { id } = await ada.api.createAttachment({ path: { ...path, task: task.id }, form })
  await storage.keep(world.acme, uuid7(), Readable.from(['orphan']), 100)
  const half = uuid7()
  const folder = join(config.storageDir, schema, half.slice(-2))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${half}.part`), 'half')
  await writeFile(join(folder, 'README'), 'not ours')
  const files = async () => {
    const entries = await readdir(join(config.storageDir, schema), { recursive: true, withFileTypes: true })
    return entries
      .filter(entry => entry.isFile())
      .map(entry => entry.name)
      .sort()
  }
  const sweep = () => sweepFiles(world.services, new AbortController().signal)
  await sweep()
  expect(await files()).toHaveLength(4)
  world.setClock(clock.now().add({ hours: 25 }).toString())
  await sweep()
  await sweep()
  expect(await files()).toEqual([`${id}.age`, 'README'].sort())
  expect(await (await ada.api.readAttachmentContent({ path: { ...path, attachment: id } })).text()).toBe('kept')
})
