import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addKeyToFile, createKeysFile } from '#server/crypto/keys-file.ts'
import { followKeys } from '#server/keys/follow-keys.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let folder: string
beforeAll(async () => {
  world = await createWorld()
  folder = await mkdtemp(join(tmpdir(), 'kontor-keys-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

test('a key that appears in the file seals nothing before it is activated, not for a moment', async () => {
  const path = join(folder, 'keys')
  const keys = createKeysFile(path)
  const following = await followKeys({ ...world.services, keys }, 'test', false)
  try {
    addKeyToFile(path)
    keys.refresh()
    expect([keys.newest, keys.versions]).toEqual([1, [2, 1]])
    await world.superuser('insert into platform.key_rotation (version, activated_at) values (2, now())')
    await expect.poll(() => keys.newest, { timeout: 10_000 }).toBe(2)
  } finally {
    await following.stop()
  }
})
