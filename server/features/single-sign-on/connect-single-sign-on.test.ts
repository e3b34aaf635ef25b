import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#client'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { builtinRoles } from '#server/permissions/roles.ts'
import { openBrowser } from '#tests/setup/browser.ts'
import { checkedFetch } from '#tests/setup/checked-fetch.ts'
import { createWorld, type World } from '#tests/setup/world.ts'
import { connect, publicUrl, signInAt } from '#tests/sign-on/connect.ts'
import { client, type IdentityProvider, startIdentityProvider, visit } from '#tests/sign-on/identity-provider.ts'

let world: World
let provider: IdentityProvider
let roles: Record<string, string>
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: publicUrl } })
  provider = await startIdentityProvider({ publicUrl })
  const { items } = await world.acme.ada.api.listRoles({ path })
  roles = Object.fromEntries(items.map(role => [role.builtin, role.id]))
})
afterAll(async () => {
  await provider.close()
  await world.close()
})

const path = { workspace: 'acme' }
const visitor = { sub: 'sub-mia', email: 'mia@acme.example', email_verified: true }
const settings = (change: object = {}) => ({
  issuer: provider.issuer,
  clientId: client.clientId,
  clientSecret: client.clientSecret,
  roleId: roles.member!,
  ...change,
})
const put = (change: object = {}, api = world.acme.ada.api) => api.connectSingleSignOn({ path, body: settings(change) })

test('a provider that answers is connected, and its secret is never shown again', async () => {
  const { api } = world.acme.ada
  expect(await api.getSingleSignOn({ path })).toBeUndefined()
  const connected = await put()
  expect(connected).toMatchObject({
    issuer: provider.issuer,
    clientId: 'kontor',
    hasClientSecret: true,
    roleId: roles.member,
    redirectUri: `${publicUrl}/api/single-sign-on/callback`,
    version: 1,
  })
  expect(await api.getSingleSignOn({ path })).toEqual(connected)
  const [row] = await world.superuser<{ text: string }>(
    `select s::text || (select string_agg(e::text, '') from ${world.acme.schema}.audit_event e) as text
     from ${world.acme.schema}.sign_on s`,
  )
  expect(row?.text).not.toContain(client.clientSecret)
  const { items } = await api.listAuditEvents({ path, query: { entity: 'sign_on' } })
  expect(items.map(({ action, changes }) => [action, changes.issuer, changes.clientSecret])).toEqual([
    ['sign_on.created', { from: null, to: provider.issuer }, { from: null, to: '(secret)' }],
  ])
})

test('a change that leaves the secret out keeps it, and null makes this a public client', async () => {
  await connect(world, 'acme', world.acme.ada, provider)
  await put({ clientSecret: undefined, roleId: roles.guest })
  expect((await signInAt(world, provider, visitor)).location).toBe(`${publicUrl}/w/acme`)
  expect(await put({ clientSecret: null })).toMatchObject({ hasClientSecret: false })
  expect((await signInAt(world, provider, visitor)).location).toContain('problem=sign-on-failed')
  await put()
})

test('the secret is not sent to another issuer than the one that it was given for', async () => {
  await put()
  const other = await startIdentityProvider({ publicUrl })
  await expect(put({ issuer: other.issuer, clientSecret: undefined })).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/clientSecret' }],
  })
  await expect(put({ clientId: 'another', clientSecret: undefined })).rejects.toMatchObject({ status: 422 })
  await other.close()
})

test('only https on the public internet is asked, and nothing inside', async () => {
  const published = await createWorld({ env: { KONTOR_PUBLIC_URL: 'https://kontor.example.eu' } })
  const { api } = published.acme.ada
  const { items } = await api.listRoles({ path })
  const roleId = items.find(role => role.builtin === 'member')!.id
  const inside = [
    'https://169.254.169.254/latest',
    'https://localhost',
    'https://127.0.0.1',
    'https://[::1]',
    'https://[::ffff:10.0.0.1]',
    'https://2130706433',
    'https://10.0.0.1/realms/acme',
    'http://login.acme.example',
    'https://login.acme.example:8443',
    'https://me:pw@login.acme.example',
    'https://login.acme.example?x=y',
    'https://login.acme.example#x',
    'file:///etc/passwd',
    'not a url',
    provider.issuer,
  ]
  for (const issuer of inside) {
    const body = { issuer, clientId: 'kontor', clientSecret: 'x', roleId }
    await expect(api.connectSingleSignOn({ path, body }), issuer).rejects.toMatchObject({
      status: 422,
      code: 'provider-unusable',
      errors: [{ pointer: '/issuer' }],
      body: { reason: 'address' },
    })
  }
  await published.close()
})

test('what is no provider, or one by another name, is said to be so', async () => {
  const [address] = [world.url]
  for (const [issuer, reason] of [
    [address, 'no-provider'],
    [`${provider.issuer}/elsewhere`, 'no-provider'],
    [`${provider.issuer}/`.replace('127.0.0.1', 'localhost'), 'no-provider'],
  ] as const)
    await expect(put({ issuer }), issuer).rejects.toMatchObject({
      status: 422,
      code: 'provider-unusable',
      body: { reason },
    })
  const gone = await startIdentityProvider({ publicUrl })
  await gone.close()
  await expect(put({ issuer: gone.issuer })).rejects.toMatchObject({
    status: 422,
    code: 'provider-unusable',
    message: expect.stringContaining('does not answer'),
    body: { reason: 'unanswered' },
  })
})

test('nobody becomes an admin by signing in, or gets a role of elsewhere', async () => {
  await expect(put({ roleId: roles.admin })).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/roleId' }] })
  const { items } = await world.globex.gina.api.listRoles({ path: { workspace: 'globex' } })
  await expect(put({ roleId: items[0]!.id })).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/roleId' }] })
})

test('whoever may not do everything does not decide who signs in, admins included', async () => {
  await put()
  const { api } = world.acme.ada
  const [admin] = builtinRoles
  const permissions = { ...admin!.permissions, audit: { read: 'all', export: 'none' } } as const
  const role = await api.createRole({ path, body: { name: 'Nearly', guest: false, permissions } })
  await api.updateMember({ path: { ...path, member: world.acme.tom.memberId }, body: { roleId: role.id } })
  const tom = world.acme.tom.api
  expect((await tom.getSingleSignOn({ path }))?.issuer).toBe(provider.issuer)
  const refused = [
    () => put({}, tom),
    () => tom.disconnectSingleSignOn({ path }),
    () => tom.addSignOnDomain({ path, body: { domain: 'tom.example' } }),
    () => tom.removeSignOnDomain({ path: { ...path, domain: 'acme.example' } }),
    () => tom.verifySignOnDomain({ path: { ...path, domain: 'acme.example' } }),
  ]
  for (const attempt of refused) await expect(attempt()).rejects.toMatchObject({ status: 403 })
  for (const { api: others } of [world.acme.max, world.acme.mia, world.acme.gus])
    await expect(others.getSingleSignOn({ path })).rejects.toMatchObject({ status: 403 })
  const token = apiToken()
  await world.superuser(
    `insert into ${world.acme.schema}.api_token (id, member_id, name, token_hash, permissions) values ($1, $2, 'x', $3, $4)`,
    [uuid7(), world.acme.ada.memberId, hashToken(token), { workspace: { write: 'all' }, role: { read: 'all' } }],
  )
  const narrowed = createClient({ baseUrl: world.url, token, fetch: checkedFetch })
  await expect(put({}, narrowed)).rejects.toMatchObject({ status: 403 })
})

test('a role that new members get is not deleted', async () => {
  const { api } = world.acme.ada
  const { permissions } = builtinRoles.find(role => role.builtin === 'member')!
  const role = await api.createRole({ path, body: { name: 'Newcomer', guest: false, permissions } })
  await put({ roleId: role.id })
  await expect(api.deleteRole({ path: { ...path, role: role.id } })).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('Single sign-on gives this role'),
  })
  await put()
})

test('another issuer, or none, ends the sessions that the one before vouched for, and who is on the way', async () => {
  await connect(world, 'acme', world.acme.ada, provider)
  const { browser } = await signInAt(world, provider, visitor)
  const onTheWay = openBrowser(world)
  const { url } = await onTheWay.api.startSingleSignOn({ body: path })
  await put({ roleId: roles.guest })
  await browser.api.getMe({ path })
  const other = await startIdentityProvider({ publicUrl })
  await put({ issuer: other.issuer })
  await expect(browser.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  const back = await visit(url, provider.issuer)
  const response = await onTheWay.open(back.pathname + back.search)
  expect(response.headers.get('location')).toBe(`${publicUrl}/signin?problem=sign-on-expired`)
  await other.close()

  await put()
  const second = await signInAt(world, provider, visitor)
  await second.browser.api.getMe({ path })
  await world.acme.ada.api.disconnectSingleSignOn({ path })
  await expect(second.browser.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  await expect(openBrowser(world).api.startSingleSignOn({ body: path })).rejects.toMatchObject({ status: 404 })
  expect(await world.superuser('select from platform.sign_on_domain where workspace_id = $1', [world.acme.id])).toEqual(
    [],
  )
  await expect(world.acme.ada.api.disconnectSingleSignOn({ path })).rejects.toMatchObject({ status: 404 })
})

test('whoever comes in while the provider or the domain goes stays out', async () => {
  const { api } = world.acme.ada
  for (let round = 0; round < 8; round++) {
    await connect(world, 'acme', world.acme.ada, provider)
    provider.expect(visitor)
    const arrivals = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const browser = openBrowser(world)
        const { url } = await browser.api.startSingleSignOn({ body: path })
        return { browser, back: await visit(url, provider.issuer) }
      }),
    )
    const goes =
      round % 2 === 0
        ? api.removeSignOnDomain({ path: { ...path, domain: 'acme.example' } })
        : api.disconnectSingleSignOn({ path })
    await Promise.all([goes, ...arrivals.map(({ browser, back }) => browser.open(back.pathname + back.search))])
    const [row] = await world.superuser<{ n: number }>(
      'select count(*)::int as n from platform.session where workspace_id = $1',
      [world.acme.id],
    )
    expect(row).toEqual({ n: 0 })
  }
})

test('a change on top of one that was not read is refused', async () => {
  const { version } = await put()
  await put({ roleId: roles.guest })
  await expect(
    world.acme.ada.api.connectSingleSignOn({ path, body: settings(), ifMatch: `"${version}"` }),
  ).rejects.toMatchObject({ status: 412 })
  await expect(world.acme.ada.api.disconnectSingleSignOn({ path, ifMatch: `"${version}"` })).rejects.toMatchObject({
    status: 412,
  })
})
