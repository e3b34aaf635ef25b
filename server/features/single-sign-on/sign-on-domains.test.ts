import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'
import { publicUrl, signInAt } from '#tests/sign-on/connect.ts'
import { client, type IdentityProvider, startIdentityProvider } from '#tests/sign-on/identity-provider.ts'
import { startNameServer } from '#tests/sign-on/name-server.ts'

let world: World
let provider: IdentityProvider
let dns: Awaited<ReturnType<typeof startNameServer>>
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: publicUrl } })
  provider = await startIdentityProvider({ publicUrl })
  dns = await startNameServer()
  world.services.dns.setServers([dns.address])
  for (const [workspace, admin] of [['acme', world.acme.ada] as const, ['globex', world.globex.gina] as const]) {
    const { items } = await admin.api.listRoles({ path: { workspace } })
    const roleId = items.find(role => role.builtin === 'member')!.id
    const body = { issuer: provider.issuer, ...client, roleId }
    await admin.api.connectSingleSignOn({ path: { workspace }, body })
  }
})
afterAll(async () => {
  await dns.close()
  await provider.close()
  await world.close()
})

const path = { workspace: 'acme' }
const add = (domain: string) => world.acme.ada.api.addSignOnDomain({ path, body: { domain } })
const verify = (domain: string) => world.acme.ada.api.verifySignOnDomain({ path: { ...path, domain } })
const visitorOf = (email: string) => ({ sub: `sub-${email}`, email, email_verified: true })

test('a domain counts once its DNS shows the record, and the history tells of each step', async () => {
  const added = await add(' Acme.Example. ')
  expect(added).toMatchObject({
    domain: 'acme.example',
    verifiedAt: null,
    record: {
      name: '_kontor.acme.example',
      type: 'TXT',
      value: expect.stringMatching(/^kontor-verification=[0-9a-f]{40}$/),
    },
  })
  await expect(verify('acme.example')).rejects.toMatchObject({
    status: 422,
    code: 'record-missing',
    message: expect.stringContaining('no TXT record at _kontor.acme.example'),
    body: { reason: 'absent' },
  })
  dns.records.set('_kontor.acme.example', ['kontor-verification=of-somebody-else', `${added.record.value} `])
  await expect(verify('acme.example')).rejects.toMatchObject({
    code: 'record-missing',
    message: expect.stringContaining('else'),
    body: { reason: 'different' },
  })
  expect((await signInAt(world, provider, visitorOf('mia@acme.example'))).location).toContain('domain-unverified')

  dns.records.set('_kontor.acme.example', ['v=spf1 -all', added.record.value])
  const verified = await verify('acme.example')
  expect(verified).toEqual({ ...added, verifiedAt: expect.any(String) })
  expect((await world.acme.ada.api.listSignOnDomains({ path })).items).toEqual([verified])
  expect((await signInAt(world, provider, visitorOf('mia@acme.example'))).location).toBe(`${publicUrl}/w/acme`)
  dns.records.clear()
  expect(await verify('acme.example')).toEqual(verified)

  const { items } = await world.acme.ada.api.listAuditEvents({
    path,
    query: { entity: 'sign_on', action: 'sign_on.updated' },
  })
  expect(items.map(({ changes, memberId }) => [changes, memberId]).reverse()).toEqual([
    [{ domains: { from: [], to: ['acme.example'] } }, world.acme.ada.memberId],
    [{ verifiedDomains: { from: [], to: ['acme.example'] } }, world.acme.ada.memberId],
  ])
})

test('a domain that one workspace has shown to be its own cannot be shown by another', async () => {
  const { api } = world.globex.gina
  const there = { workspace: 'globex' }
  const added = await api.addSignOnDomain({ path: there, body: { domain: 'acme.example' } })
  await expect(api.verifySignOnDomain({ path: { ...there, domain: 'acme.example' } })).rejects.toMatchObject({
    code: 'record-missing',
  })
  dns.records.set('_kontor.acme.example', [added.record.value])
  await expect(api.verifySignOnDomain({ path: { ...there, domain: 'acme.example' } })).rejects.toMatchObject({
    status: 409,
    code: 'domain-taken',
  })
  expect((await api.listSignOnDomains({ path: there })).items).toEqual([added])
  const { items } = await api.listAuditEvents({ path: there, query: { action: 'sign_on.updated' } })
  expect(items.filter(({ changes }) => changes.verifiedDomains)).toEqual([])
})

test('workspaces that show one domain at once: one has it', async () => {
  const { api } = world.globex.gina
  const there = { workspace: 'globex' }
  const domain = 'shared.example'
  const records = await Promise.all([add(domain), api.addSignOnDomain({ path: there, body: { domain } })])
  dns.records.set(
    `_kontor.${domain}`,
    records.map(({ record }) => record.value),
  )
  const outcomes = await Promise.allSettled([verify(domain), api.verifySignOnDomain({ path: { ...there, domain } })])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('removing a domain ends its effect at once', async () => {
  const added = await add('brief.example')
  dns.records.set('_kontor.brief.example', [added.record.value])
  await verify('brief.example')
  const { browser, location } = await signInAt(world, provider, visitorOf('bo@brief.example'), {
    email: 'bo@brief.example',
  })
  expect(location).toBe(`${publicUrl}/w/acme`)
  await browser.api.getMe({ path })
  await world.acme.ada.api.removeSignOnDomain({ path: { ...path, domain: 'BRIEF.example' } })
  await expect(browser.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  await expect(browser.api.startSingleSignOn({ body: { email: 'bo@brief.example' } })).rejects.toMatchObject({
    status: 404,
  })
  expect((await signInAt(world, provider, visitorOf('bo@brief.example'))).location).toContain('domain-unverified')
  await expect(verify('brief.example')).rejects.toMatchObject({ status: 404 })
  // Another record is asked for the next time.
  expect((await add('brief.example')).record.value).not.toBe(added.record.value)
})

test('domains that are nobody’s own, and what is no domain, are refused', async () => {
  const refused = [
    'gmail.com',
    'GMX.de',
    'mail.gmail.com',
    'outlook.com',
    'co.uk',
    'com',
    'github.io',
    'localhost',
    '192.0.2.1',
    '[::1]',
    'acme',
    'a..example',
    '-a.example',
    'a_b.example',
    'acme.example/x',
    'mia@acme.example',
    '*.acme.example',
    `${'a'.repeat(64)}.example`,
    `${'abc.'.repeat(70)}example`,
  ]
  for (const domain of refused)
    await expect(add(domain), domain).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/domain' }] })
  expect((await add('München.example')).domain).toBe('xn--mnchen-3ya.example')
  await expect(add('xn--mnchen-3ya.example')).rejects.toMatchObject({ status: 409 })
})

test('name servers that do not answer are no server error', async () => {
  await add('silent.example')
  world.services.dns.setServers(['127.0.0.1:9'])
  await expect(verify('silent.example')).rejects.toMatchObject({
    status: 422,
    code: 'record-missing',
    message: expect.stringContaining('do not answer'),
  })
  world.services.dns.setServers([dns.address])
})

test('without a provider there are no domains, and a list is paged', async () => {
  const { items, nextCursor } = await world.acme.ada.api.listSignOnDomains({ path, query: { limit: 1 } })
  const rest = await world.acme.ada.api.listSignOnDomains({ path, query: { cursor: nextCursor!, limit: 50 } })
  const names = [...items, ...rest.items].map(({ domain }) => domain)
  expect(names).toEqual(names.toSorted())
  expect(new Set(names).size).toBeGreaterThan(2)
  await world.globex.gina.api.disconnectSingleSignOn({ path: { workspace: 'globex' } })
  const domain = 'late.example'
  await expect(
    world.globex.gina.api.addSignOnDomain({ path: { workspace: 'globex' }, body: { domain } }),
  ).rejects.toMatchObject({ status: 404 })
})
