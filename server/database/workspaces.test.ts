import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const names = async () => (await world.acme.ada.api.listTags({ path })).items.map(({ name }) => name)

function asAda<T>(work: (db: Writer) => Promise<T>): Promise<T> {
  const { id, schema, ada } = world.acme
  const address = { id, slug: 'acme', schema, loginKey: 1 }
  return world.services.workspaces.transact(address, { memberId: ada.memberId }, { requestId: 'test' }, work)
}

const addTag = (db: Writer, name: string) => db.insert('tag', { id: uuid7(), name })

test('a part of a change that outlives it writes nothing any more', async () => {
  const { promise: isRefused, resolve: tellRefused } = Promise.withResolvers<void>()
  let late: Promise<void> | undefined
  const change = asAda(async db => {
    late = isRefused.then(() => addTag(db, 'late'))
    await addTag(db, 'early')
    throw new Error('no')
  })
  await expect(change).rejects.toThrow('no')
  tellRefused()
  await expect(late).rejects.toThrow()
  expect(await names()).toEqual([])
})

test('what is sent with the beginning of a change that is refused has no effect, and the refusal is told', async () => {
  const { ada, mia } = world.acme
  const at = { ...path, member: mia.memberId }
  // The server knows mia’s access now.
  await mia.api.listTags({ path })
  await world.superuser(`update ${world.acme.schema}.member set active = false where id = $1`, [mia.memberId])
  await expect(mia.api.createTag({ path, body: { name: 'refused' } })).rejects.toMatchObject({ status: 401 })
  await ada.api.updateMember({ path: at, body: { active: true } })
  expect(await names()).toEqual([])
})

test('what was wrong with a change is told, and not that the rest of it came to nothing', async () => {
  const twice = asAda(async db => {
    await Promise.all([addTag(db, 'same'), addTag(db, 'same'), addTag(db, 'other')])
  })
  await expect(twice).rejects.toMatchObject({ code: '23505' })
  expect(await names()).toEqual([])
})
