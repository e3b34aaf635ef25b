import { afterAll, beforeEach, expect, test } from 'vitest'
import { createClient } from '#client'
import { addMember } from '#server/features/members/add-member.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

let world: World
beforeEach(async () => {
  await world?.close()
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const of = ({ memberId }: { memberId: string }) => ({ ...path, member: memberId })

async function roleId(builtin: string): Promise<string> {
  const { items } = await world.acme.ada.api.listRoles({ path })
  return items.find(role => role.builtin === builtin)!.id
}

test('members see one another with their addresses; a guest sees whom it works with, without', async () => {
  const { ada, mia, gus } = world.acme
  const { items } = await mia.api.listMembers({ path })
  expect(items.map(member => member.email)).toEqual(
    ['ada', 'gus', 'max', 'mia', 'tom'].map(name => `${name}@acme.example`),
  )
  expect((await gus.api.listMembers({ path })).items.map(member => [member.name, member.email])).toEqual([
    ['Gus', 'gus@acme.example'],
  ])
  const project = await ada.api.createProject({ path, body: { name: 'Open' } })
  await mia.api.createTask({ path, body: { projectId: project.id, title: 'Shared', viewerIds: [gus.memberId] } })
  expect((await gus.api.listMembers({ path })).items.map(member => [member.name, member.email])).toEqual([
    ['Gus', 'gus@acme.example'],
    ['Mia', null],
  ])
  await expect(gus.api.getMember({ path: of(world.acme.tom) })).rejects.toMatchObject({ status: 404 })
})

test('a list of members is paged without missing or repeating anybody', async () => {
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await world.acme.mia.api.listMembers({ path, query: { limit: 2, cursor } })
    names.push(...page.items.map(member => member.name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(names).toEqual(['Ada', 'Gus', 'Max', 'Mia', 'Tom'])
})

test('a member of another workspace is as unknown as a random id', async () => {
  const { gina } = world.globex
  for (const id of [gina.memberId, '01890a5d-ac96-774b-bcce-b302099a8057']) {
    await expect(world.acme.ada.api.getMember({ path: { ...path, member: id } })).rejects.toMatchObject({
      status: 404,
      code: 'not-found',
    })
    await expect(
      world.acme.ada.api.updateMember({ path: { ...path, member: id }, body: { active: false } }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(world.acme.ada.api.deleteMember({ path: { ...path, member: id } })).rejects.toMatchObject({
      status: 404,
    })
  }
})

test('me is the member, the role and what it may do', async () => {
  const me = await world.acme.mia.api.getMe({ path })
  expect(me.member.id).toBe(world.acme.mia.memberId)
  expect(me.role).toMatchObject({ builtin: 'member', id: me.member.roleId })
  expect(me.permissions.task).toEqual({ read: 'project', create: 'project', update: 'project', delete: 'own' })
})

test('a deactivated member is out with the next request, by token and by cookie, and back when activated', async () => {
  const { ada, mia } = world.acme
  const browser = await signedInAs(world, mia)
  await browser.api.getMe({ path })
  await ada.api.updateMember({ path: of(mia), body: { active: false } })
  await expect(mia.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  await expect(browser.api.getMe({ path })).rejects.toMatchObject({ status: 404 })
  expect((await browser.api.listWorkspaces()).items).toEqual([])
  await ada.api.updateMember({ path: of(mia), body: { active: true } })
  await mia.api.getMe({ path })
  await browser.api.getMe({ path })
  expect((await browser.api.listWorkspaces()).items.map(workspace => workspace.slug)).toEqual(['acme'])
})

test('a lesser role counts with the next request', async () => {
  const { ada, max } = world.acme
  await max.api.createProject({ path, body: { name: 'Allowed' } })
  await ada.api.updateMember({ path: of(max), body: { roleId: await roleId('member') } })
  await expect(max.api.createProject({ path, body: { name: 'Refused' } })).rejects.toMatchObject({ status: 403 })
})

test('only an admin changes others; everybody may change their own name', async () => {
  const { mia, tom } = world.acme
  await expect(mia.api.updateMember({ path: of(tom), body: { name: 'Tim' } })).rejects.toMatchObject({ status: 403 })
  await expect(mia.api.updateMember({ path: of(mia), body: { roleId: await roleId('admin') } })).rejects.toMatchObject({
    status: 403,
  })
  await expect(mia.api.deleteMember({ path: of(tom) })).rejects.toMatchObject({ status: 403 })
  expect((await mia.api.updateMember({ path: of(mia), body: { name: 'Mia J.' } })).name).toBe('Mia J.')
})

test('a change of what somebody else has changed meanwhile is refused', async () => {
  const { ada, tom } = world.acme
  const member = await ada.api.getMember({ path: of(tom) })
  const response = await fetch(`${world.url}/api/workspaces/acme/members/${tom.memberId}`, {
    headers: { Authorization: `Bearer ${ada.token}` },
  })
  expect(response.headers.get('etag')).toBe(`"${member.version}"`)
  const ifMatch = `"${member.version}"`
  await ada.api.updateMember({ path: of(tom), body: { name: 'Tomas' }, ifMatch })
  await expect(ada.api.updateMember({ path: of(tom), body: { name: 'Thomas' }, ifMatch })).rejects.toMatchObject({
    status: 412,
    code: 'stale',
  })
  await expect(ada.api.deleteMember({ path: of(tom), ifMatch })).rejects.toMatchObject({ status: 412 })
})

test('the last admin cannot be demoted, deactivated, removed, or leave', async () => {
  const { ada } = world.acme
  const lastAdmin = { status: 409, code: 'last-admin' }
  await expect(ada.api.updateMember({ path: of(ada), body: { roleId: await roleId('member') } })).rejects.toMatchObject(
    lastAdmin,
  )
  await expect(ada.api.updateMember({ path: of(ada), body: { active: false } })).rejects.toMatchObject(lastAdmin)
  await expect(ada.api.deleteMember({ path: of(ada) })).rejects.toMatchObject(lastAdmin)
  expect((await ada.api.getMe({ path })).member.active).toBe(true)
})

test('of 20 admins who demote one another at once, at least one stays and nobody sees an internal error', async () => {
  const acme = (await findWorkspaceBySlug(world.services, 'acme'))!
  const admins = [world.acme.ada.memberId]
  for (let i = 0; i < 3; i++) {
    const { memberId } = await addMember(world.services, acme, {
      email: `admin${i}@acme.example`,
      name: `Admin ${i}`,
      role: 'admin',
      password,
    })
    admins.push(memberId)
  }
  const tokens = [world.acme.ada.token]
  for (let i = 0; i < 3; i++) {
    const browser = openBrowser(world)
    await browser.api.signIn({ body: { email: `admin${i}@acme.example`, password } })
    tokens.push((await browser.api.createApiToken({ path, body: { name: 'race' } })).token)
  }
  const role = await roleId('member')
  const demotions = Array.from({ length: 20 }, (_, i) => {
    const api = createClient({ baseUrl: world.url, token: tokens[i % 4]! })
    return api.updateMember({ path: { ...path, member: admins[(i + 1) % 4]! }, body: { roleId: role } })
  })
  const refusals = (await Promise.allSettled(demotions)).flatMap(result =>
    result.status === 'rejected' ? [result.reason] : [],
  )
  expect(refusals.filter(error => ![401, 403, 404, 409].includes(error.status))).toEqual([])
  const [{ n } = { n: 0 }] = await world.superuser<{ n: number }>(
    `select count(*)::int as n from ${world.acme.schema}.member m join ${world.acme.schema}.role r on r.id = m.role_id where m.active and r.builtin = 'admin'`,
  )
  expect(n).toBeGreaterThanOrEqual(1)
})

test('20 demotions of the two last admins at once leave one', async () => {
  const acme = (await findWorkspaceBySlug(world.services, 'acme'))!
  const { memberId } = await addMember(world.services, acme, {
    email: 'second@acme.example',
    name: 'Second',
    role: 'admin',
    password,
  })
  const browser = openBrowser(world)
  await browser.api.signIn({ body: { email: 'second@acme.example', password } })
  const role = await roleId('guest')
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => {
      const [api, member] = i % 2 ? [world.acme.ada.api, world.acme.ada.memberId] : [browser.api, memberId]
      return api.updateMember({ path: { ...path, member }, body: { roleId: role } })
    }),
  )
  const statuses = results.map(result => (result.status === 'fulfilled' ? 200 : result.reason.status))
  expect(statuses.filter(status => ![200, 403, 409].includes(status))).toEqual([])
  expect(statuses).toContain(409)
  const admins = await world.superuser(
    `select m.id from ${world.acme.schema}.member m join ${world.acme.schema}.role r on r.id = m.role_id where m.active and r.builtin = 'admin'`,
  )
  expect(admins).toHaveLength(1)
})

test('leaving ends the membership; tasks and history stay', async () => {
  const { ada, mia } = world.acme
  const browser = await signedInAs(world, mia)
  const project = await ada.api.createProject({ path, body: { name: 'Open' } })
  const task = await mia.api.createTask({
    path,
    body: { projectId: project.id, title: 'Stays', assigneeId: mia.memberId },
  })
  await browser.api.deleteMember({ path: of(mia) })
  await expect(mia.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  expect((await browser.api.listWorkspaces()).items).toEqual([])
  expect(await ada.api.getTask({ path: { ...path, task: task.id } })).toMatchObject({
    title: 'Stays',
    creatorId: null,
    assigneeId: null,
  })
})

test('removing somebody never removes time that was tracked', async () => {
  const { ada, mia, tom } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Billed' } })
  for (const { memberId } of [mia, tom]) {
    await world.superuser(
      `insert into ${world.acme.schema}.time_entry (id, member_id, project_id, started_at, ended_at) values (kontor.uuid7(), $1, $2, now() - interval '1 hour', now())`,
      [memberId, project.id],
    )
  }
  await expect(ada.api.deleteMember({ path: of(mia) })).rejects.toMatchObject({ status: 409, code: 'member-has-time' })
  await tom.api.deleteMember({ path: of(tom) })
  await expect(tom.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  expect(await ada.api.getMember({ path: of(tom) })).toMatchObject({ name: 'Tom', active: false })
  expect(await world.superuser(`select count(*)::int as n from ${world.acme.schema}.time_entry`)).toEqual([{ n: 2 }])
})

test('adding a member from the command line makes the account once and can be repeated', async () => {
  const acme = (await findWorkspaceBySlug(world.services, 'acme'))!
  const first = await addMember(world.services, acme, {
    email: 'Olga@acme.example',
    name: 'Olga',
    role: 'member',
    password,
  })
  const second = await addMember(world.services, acme, { email: 'olga@acme.example', name: 'Olga', role: 'manager' })
  expect(first.isNewAccount).toBe(true)
  expect(second).toEqual({ ...first, isNewAccount: false })
  const browser = openBrowser(world)
  await browser.api.signIn({ body: { email: 'olga@acme.example', password } })
  expect((await browser.api.getMe({ path })).role.builtin).toBe('manager')
})
