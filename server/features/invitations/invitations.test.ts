import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let roleId: string
beforeAll(async () => {
  world = await createWorld()
  roleId = (await world.acme.ada.api.listRoles({ path })).items.find(role => role.builtin === 'member')!.id
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const person = { name: 'Noor Claes', password: 'quiet otters repaint lighthouses' }

async function invite(email: string): Promise<{ id: string; link: { workspace: string; token: string } }> {
  const invitation = await world.acme.ada.api.createInvitation({ path, body: { email, roleId } })
  const mail = (await mailsTo(world, email.toLowerCase())).at(-1)
  const [, workspace = '', token = ''] = mail?.text.match(/\/join\/([^/]+)\/([\w-]+)/) ?? []
  expect(JSON.stringify(invitation)).not.toContain(token)
  return { id: invitation.id, link: { workspace, token } }
}

test('an invitation makes an account and a member in one step, signed in', async () => {
  const { link } = await invite('Noor@acme.example')
  expect(await world.anyone.getOpenInvitation({ path: link })).toMatchObject({
    workspace: { name: 'Acme', slug: 'acme' },
    email: 'noor@acme.example',
    inviterName: 'Ada',
    hasAccount: false,
  })
  const browser = openBrowser(world)
  const { account, workspace } = await browser.api.acceptInvitation({ path: link, body: person })
  expect([account.email, workspace.slug]).toEqual(['noor@acme.example', 'acme'])
  expect((await browser.api.getMe({ path })).role.builtin).toBe('member')
  await expect(world.anyone.getOpenInvitation({ path: link })).rejects.toMatchObject({ status: 404 })
})

test('the token is stored hashed', async () => {
  const { link } = await invite('hashed@acme.example')
  const [row] = await world.superuser<{ text: string }>(
    `select string_agg(i::text, '') as text from ${world.acme.schema}.invitation i`,
  )
  expect(row?.text).not.toContain(link.token)
})

test('somebody with an account accepts signed in with the invited address, and nobody else can', async () => {
  const { link } = await invite(world.globex.hugo.email)
  await expect(world.anyone.acceptInvitation({ path: link, body: person })).rejects.toMatchObject({ status: 401 })
  const gina = await signedInAs(world, world.globex.gina)
  await expect(gina.api.acceptInvitation({ path: link, body: {} })).rejects.toMatchObject({
    status: 403,
    code: 'other-account',
  })
  const hugo = await signedInAs(world, world.globex.hugo)
  await hugo.api.acceptInvitation({ path: link, body: {} })
  expect((await hugo.api.listWorkspaces()).items.map(workspace => workspace.slug)).toEqual(['acme', 'globex'])
  expect((await hugo.api.getMe({ path })).member.name).toBe('Hugo')
})

test('an invitation that is accepted many times at once makes one member', async () => {
  const { link } = await invite('race@acme.example')
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => openBrowser(world).api.acceptInvitation({ path: link, body: person })),
  )
  const refusals = all.flatMap(one => (one.status === 'rejected' ? [one.reason.status] : []))
  expect(refusals).toHaveLength(7)
  expect(refusals.filter(status => ![401, 404].includes(status))).toEqual([])
  expect(
    await world.superuser(
      `select count(*)::int as n from ${world.acme.schema}.member where email = 'race@acme.example'`,
    ),
  ).toEqual([{ n: 1 }])
  expect(
    await world.superuser("select count(*)::int as n from platform.account where email = 'race@acme.example'"),
  ).toEqual([{ n: 1 }])
})

test('inviting again renews: one invitation, the new link works and the old one does not', async () => {
  const first = await invite('again@acme.example')
  const second = await invite('again@acme.example')
  expect(second.id).toBe(first.id)
  await expect(world.anyone.getOpenInvitation({ path: first.link })).rejects.toMatchObject({ status: 404 })
  await world.anyone.getOpenInvitation({ path: second.link })
})

test('a revoked or expired link, and one of another workspace, lead nowhere', async () => {
  const revoked = await invite('revoked@acme.example')
  await world.acme.ada.api.deleteInvitation({ path: { ...path, invitation: revoked.id } })
  const expired = await invite('expired@acme.example')
  await world.superuser(`update ${world.acme.schema}.invitation set expires_at = now() where id = $1`, [expired.id])
  const elsewhere = { ...(await invite('elsewhere@acme.example')).link, workspace: 'globex' }
  const answers = await Promise.all(
    [revoked.link, expired.link, elsewhere, { workspace: 'nowhere', token: 'x' }].map(link =>
      world.anyone.acceptInvitation({ path: link, body: person }).catch(error => [error.status, error.message]),
    ),
  )
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject([404, expect.any(String)])
})

test('members, and those without the permission, cannot be invited or invite', async () => {
  const { ada, mia } = world.acme
  await expect(ada.api.createInvitation({ path, body: { email: mia.email, roleId } })).rejects.toMatchObject({
    status: 409,
    errors: [{ pointer: '/email' }],
  })
  await expect(mia.api.createInvitation({ path, body: { email: 'x@acme.example', roleId } })).rejects.toMatchObject({
    status: 403,
  })
  await expect(mia.api.listInvitations({ path })).rejects.toMatchObject({ status: 403 })
  const foreign = (await world.globex.gina.api.listRoles({ path: { workspace: 'globex' } })).items[2]!
  await expect(
    ada.api.createInvitation({ path, body: { email: 'x@acme.example', roleId: foreign.id } }),
  ).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/roleId' }] })
})

test('a weak password or a missing field is refused and leaves the invitation open', async () => {
  const { link } = await invite('weak@acme.example')
  await expect(
    world.anyone.acceptInvitation({ path: link, body: { name: 'Weak', password: 'short' } }),
  ).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/password' }] })
  await expect(
    world.anyone.acceptInvitation({ path: link, body: { password: person.password } }),
  ).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/name' }] })
  await openBrowser(world).api.acceptInvitation({ path: link, body: person })
})
