import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const secret = 'The offer for the new building: 4,711,000 euro. '.repeat(3_000)

async function attach(content: string): Promise<string> {
  const { ada } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: `Files ${uuid7()}` } })
  const { id: task } = await ada.api.createTask({ path, body: { projectId, title: 'Keep' } })
  const form = new FormData()
  form.append('file', new Blob([content]), 'offer.txt')
  return (await ada.api.createAttachment({ path: { ...path, task }, form })).id
}

const read = async (id: string, headers?: Record<string, string>) => {
  const answer = await world.acme.ada.api.readAttachmentContent({
    path: { ...path, attachment: id },
    ...(headers ? { headers } : {}),
  })
  return answer.text()
}
// Below HTTP, where a broken answer would keep its connection open.
const readBroken = async (id: string) => buffer(world.services.storage.read(world.acme, id, { sha256: 'another' }))
const fileOf = (id: string, schema = world.acme.schema) =>
  join(world.services.config.storageDir, schema, id.slice(-2), `${id}.age`)

test('an attachment lies encrypted on the disk, and comes back as it was, whole and in part', async () => {
  const id = await attach(secret)
  const stored = await readFile(fileOf(id))
  expect(stored.includes('4,711,000')).toBe(false)
  expect(stored.includes('offer')).toBe(false)
  expect(await read(id)).toBe(secret)
  expect(await read(id, { Range: 'bytes=70000-70099' })).toBe(secret.slice(70_000, 70_100))
  expect(await read(id, { Range: 'bytes=-10' })).toBe(secret.slice(-10))
})

test('the same content is another file each time: equal attachments cannot be told by their files', async () => {
  const [one, two] = [await attach(secret), await attach(secret)]
  expect((await readFile(fileOf(one))).equals(await readFile(fileOf(two)))).toBe(false)
})

test('a file put in the place of another one, or of another workspace, is not given out', async () => {
  const [mine, other] = [await attach('mine'), await attach('other')]
  await copyFile(fileOf(other), fileOf(mine))
  await expect(readBroken(mine)).rejects.toThrow()
  const theirs = uuid7()
  await world.services.storage.keep(world.globex, theirs, Readable.from(['theirs']), 100)
  await copyFile(fileOf(theirs, world.globex.schema), fileOf(mine))
  await expect(readBroken(mine)).rejects.toThrow()
  expect(await read(other)).toBe('other')
})

test('a file without encryption in the place of one is not given out either', async () => {
  const id = await attach('as it was')
  await rm(fileOf(id))
  await writeFile(fileOf(id).replace(/\.age$/, ''), 'as it is')
  await expect(readBroken(id)).rejects.toThrow()
})

test('a file of before they were encrypted is read, and encrypted when files are swept', async () => {
  const content = Buffer.from('from an older version')
  const id = await attach(content.toString())
  const plain = fileOf(id).replace(/\.age$/, '')
  await rm(fileOf(id))
  await writeFile(plain, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect((await buffer(world.services.storage.read(world.acme, id, { sha256 }))).equals(content)).toBe(true)
  expect(await read(id)).toBe(content.toString())
  await world.services.storage.encrypt(world.acme, id)
  expect(await readdir(join(plain, '..'))).toContain(`${id}.age`)
  expect(await readdir(join(plain, '..'))).not.toContain(id)
  expect(await read(id)).toBe(content.toString())
})

test('without the key of the workspace no file of it can be read', async () => {
  const id = await attach('gone with the key')
  const folder = join(world.services.config.dataDir, 'workspace-keys')
  const key = join(folder, world.acme.id)
  const kept = await readFile(key)
  world.services.workspaceKeys.destroy(world.acme.id)
  await expect(readBroken(id)).rejects.toThrow()
  await mkdir(folder, { recursive: true })
  await writeFile(key, kept, { mode: 0o600 })
  expect(await read(id)).toBe('gone with the key')
})
