import { open, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
/** More than the kernel takes in for a client that does not read. */
const large = 24_000_000
const small = 5_000

async function attach(sizeBytes: number, { acme } = world): Promise<string> {
  const { id: projectId } = await acme.ada.api.createProject({ path, body: { name: `Files ${uuid7()}` } })
  const { id: task } = await acme.ada.api.createTask({ path, body: { projectId, title: 'Keep' } })
  const form = new FormData()
  form.append('file', new Blob([Buffer.alloc(sizeBytes, 'a')]), 'offer.txt')
  return (await acme.ada.api.createAttachment({ path: { ...path, task }, form })).id
}

const fileOf = (id: string) => join(world.services.config.storageDir, world.acme.schema, id.slice(-2), `${id}.age`)

async function change(id: string, position: number): Promise<void> {
  const file = await open(fileOf(id), 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, position)
  byte.writeUInt8(byte.readUInt8() ^ 1)
  await file.write(byte, 0, 1, position)
  await file.close()
}

// The plain `fetch`: a broken file is no answer that the API describes.
function download(id: string, { url, acme } = world, init: { method?: string; headers?: Record<string, string> } = {}) {
  return fetch(`${url}/api/workspaces/acme/attachments/${id}/content`, {
    ...init,
    headers: { Authorization: `Bearer ${acme.ada.token}`, ...init.headers },
  })
}

const breakings: Record<string, (id: string) => Promise<void>> = {
  missing: id => rm(fileOf(id)),
  'changed at its beginning': id => change(id, 10),
  'changed in its first bytes': id => change(id, 300),
  'cut short': id => truncate(fileOf(id), 2_000),
}

test.each(Object.keys(breakings))(
  'a file that is %s is a problem of ours, with nothing of the file in it',
  async how => {
    const id = await attach(small)
    await breakings[how]!(id)
    for (const headers of [{}, { Range: 'bytes=10-19' }] as Record<string, string>[]) {
      const answer = await download(id, world, { headers })
      expect(answer.status).toBe(500)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      for (const name of ['etag', 'content-range', 'content-disposition', 'accept-ranges'])
        expect(answer.headers.get(name), name).toBe(null)
      expect(await answer.json()).toMatchObject({ type: '/problems/internal', status: 500 })
    }
    expect((await download(id, world, { method: 'HEAD' })).status).toBe(500)
  },
)

test('without the key of its workspace a file is a problem of ours too', async () => {
  const other = await createWorld()
  const id = await attach(small, other)
  other.services.workspaceKeys.destroy(other.acme.id)
  const answer = await download(id, other)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ status: 503 })
  await other.close()
})

test('a file that is changed in its middle breaks off before that byte, and its client sees that it is not whole', async () => {
  const id = await attach(large)
  await change(id, 12_000_000)
  const answer = await download(id)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-length')).toBe(String(large))
  let received = 0
  const reading = (async () => {
    for await (const bytes of answer.body!) received += bytes.length
  })()
  await expect(reading).rejects.toThrow('terminated')
  expect(received).toBeLessThanOrEqual(12_000_000)
  expect((await download(await attach(small))).status).toBe(200)
})

test('a server that stops ends whole transfers, and cuts one whose client has stopped reading', async () => {
  const other = await createWorld()
  const id = await attach(large, other)
  const whole = await download(id, other)
  // Its body stays where it is: the answer waits for its client.
  const stuck = await download(id, other)
  const began = performance.now()
  const [bytes] = await Promise.all([whole.arrayBuffer(), other.close()])
  expect(bytes.byteLength).toBe(large)
  expect(performance.now() - began).toBeLessThan(10_000)
  await expect(stuck.arrayBuffer()).rejects.toThrow('terminated')
})
