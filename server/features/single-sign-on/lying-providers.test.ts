import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'
import { connect, publicUrl } from '#tests/sign-on/connect.ts'
import { client } from '#tests/sign-on/identity-provider.ts'
import { type Lie, startLyingProvider } from '#tests/sign-on/lying-provider.ts'

let world: World
let provider: Awaited<ReturnType<typeof startLyingProvider>>
const logged: string[] = []
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: publicUrl } })
  const lines = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  world.services.log = pino({ level: 'trace' }, lines)
  provider = await startLyingProvider(client.clientId)
  await connect(world, 'acme', world.acme.ada, provider)
})
afterAll(async () => {
  await provider.close()
  await world.close()
})

const path = { workspace: 'acme' }

async function comeBack(lie: Lie): Promise<string> {
  const browser = openBrowser(world)
  const { url } = await browser.api.startSingleSignOn({ body: path })
  provider.say(lie, url)
  const state = new URL(url).searchParams.get('state')
  const response = await browser.open(`/api/single-sign-on/callback?code=a-code&state=${state}`)
  expect(response.status).toBe(303)
  const location = response.headers.get('location')!
  expect(browser.cookie() === undefined).toBe(location.includes('/signin'))
  return location
}

test('what is said without a lie is believed', async () => {
  expect(await comeBack({})).toBe(`${publicUrl}/w/acme`)
})

const asTokens = (idToken: string) => JSON.stringify({ access_token: 'x', token_type: 'bearer', id_token: idToken })
const soon = () => Math.floor(Date.now() / 1000)
const lies: [string, () => Lie][] = [
  ['another nonce', () => ({ claims: { nonce: 'x'.repeat(43) } })],
  ['no nonce', () => ({ claims: { nonce: undefined } })],
  ['another issuer', () => ({ claims: { iss: 'https://login.acme.example' } })],
  ['another audience', () => ({ claims: { aud: 'somebody-else' } })],
  ['several audiences without a party', () => ({ claims: { aud: [client.clientId, 'somebody-else'] } })],
  ['a token that has expired', () => ({ claims: { exp: soon() - 120 } })],
  ['a token that never expires', () => ({ claims: { exp: undefined } })],
  ['a token of the future', () => ({ claims: { nbf: soon() + 600 } })],
  ['no subject', () => ({ claims: { sub: undefined } })],
  ['no signature (alg none)', () => ({ header: { alg: 'none' } })],
  ['a signature with its public key as the secret', () => ({ header: { alg: 'HS256' } })],
  ['a signature with another key', () => ({ forged: true })],
  ['a key that is not in its set', () => ({ header: { alg: 'RS256', kid: 'two' } })],
  [
    'an answer without an ID token',
    () => ({ answer: { status: 200, body: '{"access_token":"x","token_type":"bearer"}' } }),
  ],
  ['an answer that is no JSON', () => ({ answer: { status: 200, body: '<html>', type: 'text/html' } })],
  ['an answer that leads elsewhere', () => ({ answer: { status: 302, body: '' } })],
  ['an ID token that is none', () => ({ answer: { status: 200, body: asTokens('a.b.c') } })],
  ['an ID token in two pieces', () => ({ answer: { status: 200, body: asTokens('eyJhbGciOiJub25lIn0.e30') } })],
  ['a key without a number', () => ({ keys: { keys: [{ kty: 'RSA', kid: 'one' }] } })],
  ['keys that are no list', () => ({ keys: { keys: 'one' } })],
  ['keys that are nothing', () => ({ keys: null })],
  ['an error', () => ({ answer: { status: 400, body: '{"error":"invalid_grant"}' } })],
]

test.each(lies)('%s signs nobody in', async (_, lie) => {
  expect(await comeBack(lie())).toBe(`${publicUrl}/signin?problem=sign-on-failed&workspace=acme`)
})

test('an answer without end, and one that is an error of the server, are no answer', async () => {
  const unavailable = `${publicUrl}/signin?problem=provider-unavailable&workspace=acme`
  expect(await comeBack({ answer: { status: 200, body: 'x'.repeat(300_000) } })).toBe(unavailable)
  expect(await comeBack({ answer: { status: 502, body: '' } })).toBe(unavailable)
})

test('addresses inside that a provider names are not asked, nor is a browser sent to a script', async () => {
  const { items } = await world.acme.ada.api.listRoles({ path })
  const roleId = items.find(role => role.builtin === 'member')!.id
  const inside = [
    'https://169.254.169.254/token',
    'http://10.0.0.1/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '',
    7,
  ]
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'])
    for (const address of inside) {
      provider.say({ metadata: { [name]: address } })
      const body = { issuer: provider.issuer, ...client, roleId }
      await expect(world.acme.ada.api.connectSingleSignOn({ path, body })).rejects.toMatchObject({
        status: 422,
        code: 'provider-unusable',
      })
    }
  provider.say({ metadata: { userinfo_endpoint: 'http://10.0.0.1/' } })
  const browser = openBrowser(world)
  const { url } = await browser.api.startSingleSignOn({ body: path })
  provider.say({ claims: { email: undefined } }, url)
  const state = new URL(url).searchParams.get('state')
  const response = await browser.open(`/api/single-sign-on/callback?code=x&state=${state}`)
  expect(response.headers.get('location')).toContain('problem=provider-unavailable')
})

test('metadata that is not of its kind counts as not said', async () => {
  const metadata = {
    token_endpoint_auth_methods_supported: 7,
    id_token_signing_alg_values_supported: 'RS256',
    authorization_response_iss_parameter_supported: 'yes',
    userinfo_endpoint: {},
  }
  provider.say({ metadata })
  expect(await comeBack({ metadata })).toBe(`${publicUrl}/w/acme`)
})

test('a provider that speaks for any tenant, or by another name, is not taken', async () => {
  const { items } = await world.acme.ada.api.listRoles({ path })
  const roleId = items.find(role => role.builtin === 'member')!.id
  const names = [
    'https://login.microsoftonline.com/{tenantid}/v2.0',
    `${provider.issuer}/other`,
    'https://login.acme.example',
    7,
  ]
  for (const issuer of names) {
    provider.say({ metadata: { issuer } })
    const body = { issuer: provider.issuer, ...client, roleId }
    await expect(world.acme.ada.api.connectSingleSignOn({ path, body })).rejects.toMatchObject({
      status: 422,
      code: 'provider-unusable',
      body: { reason: expect.stringMatching(/^(other-name|no-provider)$/) },
    })
  }
  provider.say({})
})

test('the secret, the code and the tokens stand in no log', () => {
  expect(logged.join('')).toContain('a single sign-on was refused')
  for (const secret of [client.clientSecret, 'a-code', 'eyJ']) expect(logged.join('')).not.toContain(secret)
  expect(provider.bodies.join('&')).toContain('code_verifier=')
})
