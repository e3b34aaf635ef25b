import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtinRoles, type Permissions } from '#server/permissions/roles.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const matrixOf = (builtin: string): Permissions => builtinRoles.find(role => role.builtin === builtin)!.permissions

async function give(person: { memberId: string }, permissions: Permissions, name: string, guest = false) {
  const role = await world.acme.ada.api.createRole({ path, body: { name, guest, permissions } })
  await world.acme.ada.api.updateMember({ path: { ...path, member: person.memberId }, body: { roleId: role.id } })
  return role
}

test('the four built-in roles are there and refuse any change', async () => {
  const { items } = await world.acme.ada.api.listRoles({ path })
  expect(items.map(role => role.builtin)).toEqual(['admin', 'manager', 'member', 'guest'])
  for (const { id } of items) {
    const role = { ...path, role: id }
    await expect(world.acme.ada.api.updateRole({ path: role, body: { name: 'Boss' } })).rejects.toMatchObject({
      status: 409,
      code: 'built-in-role',
    })
    await expect(world.acme.ada.api.deleteRole({ path: role })).rejects.toMatchObject({
      status: 409,
      code: 'built-in-role',
    })
  }
})

test('a matrix names every action with a scope that exists, and nothing else', async () => {
  const whole = matrixOf('member')
  const { audit: _audit, ...incomplete } = whole
  const wrong = [
    incomplete,
    { ...whole, task: { ...whole.task, read: 'everything' } },
    { ...whole, money: { spend: 'all' } },
    { ...whole, role: { ...whole.role, forge: 'all' } },
  ]
  for (const permissions of wrong) {
    const asked = world.acme.ada.api.createRole({
      path,
      body: { name: 'Odd', permissions: permissions as Permissions },
    })
    await expect(asked).rejects.toMatchObject({ status: 400 })
  }
})

test('a changed role counts for its members with their next request', async () => {
  const { ada, tom } = world.acme
  const role = await give(tom, { ...matrixOf('member'), project: { read: 'project', write: 'all' } }, 'Planner')
  await tom.api.createProject({ path, body: { name: 'Allowed' } })
  await ada.api.updateRole({ path: { ...path, role: role.id }, body: { permissions: matrixOf('member') } })
  await expect(tom.api.createProject({ path, body: { name: 'Refused' } })).rejects.toMatchObject({ status: 403 })
  await expect(ada.api.deleteRole({ path: { ...path, role: role.id } })).rejects.toMatchObject({ status: 409 })
})

test('nobody gives away more than they have: by making, changing or assigning a role, or by inviting', async () => {
  const { ada, mia, max } = world.acme
  const own = {
    ...matrixOf('member'),
    role: { read: 'all', write: 'all' },
    member: { read: 'all', write: 'all' },
  } as Permissions
  const role = await give(mia, own, 'Personnel')
  const more = { ...own, audit: { read: 'all', export: 'all' } } as Permissions
  const admin = (await ada.api.listRoles({ path })).items[0]!
  const forbidden = { status: 403, code: 'forbidden' }
  await expect(mia.api.createRole({ path, body: { name: 'More', permissions: more } })).rejects.toMatchObject(forbidden)
  await expect(
    mia.api.updateRole({ path: { ...path, role: role.id }, body: { permissions: more } }),
  ).rejects.toMatchObject(forbidden)
  await expect(
    mia.api.updateMember({ path: { ...path, member: mia.memberId }, body: { roleId: admin.id } }),
  ).rejects.toMatchObject(forbidden)
  await expect(
    mia.api.createInvitation({ path, body: { email: 'friend@acme.example', roleId: admin.id } }),
  ).rejects.toMatchObject(forbidden)
  const less = await mia.api.createRole({ path, body: { name: 'Less', permissions: matrixOf('member') } })
  await mia.api.createInvitation({ path, body: { email: 'friend@acme.example', roleId: less.id } })
  // Nor do they take it from those who have more.
  await expect(
    mia.api.updateMember({ path: { ...path, member: max.memberId }, body: { active: false } }),
  ).rejects.toMatchObject(forbidden)
  await expect(mia.api.deleteMember({ path: { ...path, member: ada.memberId } })).rejects.toMatchObject(forbidden)
  await expect(
    mia.api.updateMember({ path: { ...path, member: ada.memberId }, body: { name: 'Not Ada' } }),
  ).rejects.toMatchObject(forbidden)
})

test('a guest with the right to write roles makes roles of guests only', async () => {
  const { gus } = world.acme
  const permissions = { ...matrixOf('guest'), role: { read: 'all', write: 'all' } } as Permissions
  await give(gus, permissions, 'Odd guest', true)
  await expect(
    gus.api.createRole({ path, body: { name: 'Insider', guest: false, permissions } }),
  ).rejects.toMatchObject({ status: 403 })
  await gus.api.createRole({ path, body: { name: 'Outsider', guest: true, permissions } })
})

test('everyone may read their own role, and others only with the permission', async () => {
  const { ada } = world.acme
  const guest = (await world.globex.gina.api.listRoles({ path: { workspace: 'globex' } })).items.at(-1)!
  await expect(ada.api.getRole({ path: { ...path, role: guest.id } })).rejects.toMatchObject({ status: 404 })
  const me = await world.acme.max.api.getMe({ path })
  expect((await world.acme.max.api.getRole({ path: { ...path, role: me.role.id } })).builtin).toBe('manager')
})

test('two roles cannot have one name', async () => {
  const body = { name: 'Twin', permissions: matrixOf('member') }
  await world.acme.ada.api.createRole({ path, body })
  await expect(world.acme.ada.api.createRole({ path, body: { ...body, name: 'TWIN' } })).rejects.toMatchObject({
    status: 409,
    errors: [{ pointer: '/name' }],
  })
})
