import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importForm } from '#tests/setup/import-file.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('the same file with the same Idempotency-Key is imported once, and kept once', async () => {
  const path = { workspace: 'acme' }
  const send = (content: string) =>
    world.acme.ada.api.createImport({
      path,
      form: importForm(content, 'tasks.csv', { format: 'csv' }),
      idempotencyKey: 'one-import',
    })
  const [first, second] = [await send('Title\nA\n'), await send('Title\nA\n')]
  expect(second.id).toBe(first.id)
  await expect(send('Title\nB\n')).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  const { items } = await world.acme.ada.api.listImports({ path })
  expect(items).toHaveLength(1)
  const files = await readdir(join(world.services.config.storageDir, world.acme.schema), { recursive: true })
  expect(files.filter(file => file.includes(first.id))).toHaveLength(1)
  expect(files.filter(file => /[0-9a-f-]{36}(\.age)?$/.test(file))).toHaveLength(1)
})
