import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'
import { connect, publicUrl, signInAt } from '#tests/sign-on/connect.ts'
import { client, type IdentityProvider, startIdentityProvider } from '#tests/sign-on/identity-provider.ts'

let world: World
let provider: IdentityProvider
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: publicUrl } })
  provider = await startIdentityProvider({ publicUrl })
  await connect(world, 'acme', world.acme.ada, provider)
})
afterAll(async () => {
  await provider.close()
  await world.close()
})

const start = (body: object) => openBrowser(world).api.startSingleSignOn({ body })

test('an unknown workspace, one without a provider and an unknown domain get one and the same answer', async () => {
  const bodies = [
    { workspace: 'nowhere' },
    { workspace: 'globex' },
    { email: 'hugo@globex.example' },
    { email: 'x@nowhere.example' },
  ]
  const answers = await Promise.all(
    bodies.map(body => start(body).catch(error => [error.status, error.code, error.message])),
  )
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject([404, 'not-found', expect.any(String)])
})

test('an address of a verified domain leads to its provider, whether or not it has an account', async () => {
  const answers = await Promise.all(['mia@acme.example', 'NOBODY@ACME.example'].map(email => start({ email })))
  expect(answers.map(({ url }) => new URL(url).origin)).toEqual([provider.issuer, provider.issuer])
})

test('the browser is bound by a cookie that lives ten minutes and that no script reads', async () => {
  const response = await fetch(`${world.url}/api/single-sign-on`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"workspace":"acme"}',
  })
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^kontor-sign-on=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
})

test('signing in never leads to another site', async () => {
  for (const returnTo of [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    '/\t/evil.example',
    '/%2F/evil.example',
  ])
    await expect(start({ workspace: 'acme', returnTo })).rejects.toMatchObject({
      status: 422,
      errors: [{ pointer: '/returnTo' }],
    })
})

test('both a workspace and an address, or neither, is malformed', async () => {
  for (const body of [{}, { workspace: 'acme', email: 'mia@acme.example' }])
    await expect(start(body)).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/workspace' }] })
})

test('a provider that is down, or fails on the way back, is said to be so', async () => {
  const other = await startIdentityProvider({ publicUrl })
  await connect(world, 'globex', world.globex.gina, other)
  const visitor = { sub: 'sub-hugo', email: 'hugo@globex.example', email_verified: true }
  const { location } = await signInAt(world, other, visitor, { workspace: 'globex' })
  expect(location).toBe(`${publicUrl}/w/globex`)
  const browser = openBrowser(world)
  const { url } = await browser.api.startSingleSignOn({ body: { workspace: 'globex' } })
  await other.close()
  await expect(start({ workspace: 'globex' })).rejects.toMatchObject({
    status: 503,
    code: 'provider-unavailable',
    retryAfterSeconds: 30,
  })
  const state = new URL(url).searchParams.get('state')
  const iss = encodeURIComponent(other.issuer)
  const response = await browser.open(`/api/single-sign-on/callback?code=x&state=${state}&iss=${iss}`)
  expect([response.status, response.headers.get('location')]).toEqual([
    303,
    `${publicUrl}/signin?problem=provider-unavailable&workspace=globex`,
  ])
})

test('a provider that tells the address only to those who ask for it, and one without a secret, work too', async () => {
  for (const kind of [{ thin: true }, { isPublic: true }]) {
    const other = await startIdentityProvider({ publicUrl, ...kind })
    const clientSecret = 'isPublic' in kind ? null : client.clientSecret
    await connect(world, 'globex', world.globex.gina, { issuer: other.issuer, clientSecret })
    const visitor = { sub: 'sub-gina', email: 'gina@globex.example', email_verified: true }
    const { browser } = await signInAt(world, other, visitor, { workspace: 'globex' })
    expect((await browser.api.getMe({ path: { workspace: 'globex' } })).member.id).toBe(world.globex.gina.memberId)
    expect(other.requests.some(request => request.includes(' /me'))).toBe('thin' in kind)
    const denied = { ...visitor, email_verified: false }
    expect((await signInAt(world, other, denied, { workspace: 'globex' })).location).toContain('email-unverified')
    await other.close()
  }
})

test('starts without end from one network are stopped', async () => {
  const bodies = Array.from({ length: 130 }, () => ({ workspace: 'nowhere' }))
  const answers = await Promise.all(bodies.map(body => start(body).catch(error => error.status)))
  expect(answers.filter(status => status === 429).length).toBeGreaterThan(0)
  expect(answers.filter(status => status === 404).length).toBeLessThanOrEqual(120)
})
