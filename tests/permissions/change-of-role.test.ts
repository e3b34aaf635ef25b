import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function giveRole(memberId: string, builtin: string): Promise<void> {
  const { schema } = world.acme
  await world.superuser(
    `update ${schema}.member set role_id = (select id from ${schema}.role where builtin = $2) where id = $1`,
    [memberId, builtin],
  )
}

test('a role that is given or taken counts from the next request on, whatever the server had in memory', async () => {
  const { tom } = world.acme
  const create = () => tom.api.createProject({ path: { workspace: 'acme' }, body: { name: 'Toms project' } })
  await expect(create()).rejects.toMatchObject({ status: 403 })
  await giveRole(tom.memberId, 'manager')
  await expect(create()).resolves.toMatchObject({ name: 'Toms project' })
  await giveRole(tom.memberId, 'guest')
  await expect(create()).rejects.toMatchObject({ status: 403 })
  await expect(tom.api.listProjects({ path: { workspace: 'acme' } })).resolves.toMatchObject({ items: [] })
})

test('a deactivated member is out with the next request', async () => {
  const { mia } = world.acme
  await mia.api.listProjects({ path: { workspace: 'acme' } })
  await world.superuser(`update ${world.acme.schema}.member set active = false where id = $1`, [mia.memberId])
  await expect(mia.api.listProjects({ path: { workspace: 'acme' } })).rejects.toMatchObject({ status: 401 })
})

test('a token of one workspace opens no other', async () => {
  const asked = world.acme.ada.api.listProjects({ path: { workspace: 'globex' } })
  await expect(asked).rejects.toMatchObject({ status: 401, code: 'not-signed-in' })
  await expect(world.acme.ada.api.listProjects({ path: { workspace: 'nowhere' } })).rejects.toMatchObject({
    status: 401,
  })
})
