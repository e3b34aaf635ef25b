import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.setClock('2026-11-20T09:00:00Z')
  await world.superuser('delete from platform.sign_in_guard')
})

/** The answer to a sign-in: `in`, or the code of the problem. */
async function tryToSignIn(browser: Browser, email: string, given: string): Promise<string> {
  return browser.api.signIn({ body: { email, password: given } }).then(
    () => 'in',
    error => error.code,
  )
}

async function failFiveTimes(email: string, browser = openBrowser(world)): Promise<void> {
  for (let i = 0; i < 5; i++) expect(await tryToSignIn(browser, email, 'wrong')).toBe('wrong-credentials')
}

test('after five failures the right password gets the answer of a wrong one, for a minute', async () => {
  const { email } = world.acme.mia
  await failFiveTimes(email)
  expect(await tryToSignIn(openBrowser(world), email, password)).toBe('wrong-credentials')
  world.setClock('2026-11-20T09:00:59Z')
  expect(await tryToSignIn(openBrowser(world), email, password)).toBe('wrong-credentials')
  world.setClock('2026-11-20T09:01:00Z')
  expect(await tryToSignIn(openBrowser(world), email, password)).toBe('in')
})

test('a browser in which its owner signed in before is let in while everybody else is locked out', async () => {
  const { email } = world.acme.tom
  const own = await signedInAs(world, world.acme.tom)
  await own.api.signOut()
  await failFiveTimes(email)
  expect(await tryToSignIn(openBrowser(world), email, password)).toBe('wrong-credentials')
  expect(await tryToSignIn(own, email, password)).toBe('in')
  // It lets in its owner only, and its own failures lock it.
  await failFiveTimes(world.acme.max.email)
  expect(await tryToSignIn(own, world.acme.max.email, password)).toBe('wrong-credentials')
  await failFiveTimes(email, own)
  expect(await tryToSignIn(own, email, password)).toBe('wrong-credentials')
})

test('the cookie of a known browser is for a year, for no script and no other site, and stored as a hash', async () => {
  const response = await fetch(`${world.url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify({ email: world.acme.gus.email, password }),
  })
  const cookie = response.headers.getSetCookie().find(line => line.startsWith('kontor_device='))
  expect(cookie).toMatch(/^kontor_device=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/)
  const [row] = await world.superuser<{ text: string }>(
    "select string_agg(d::text, '') as text from platform.known_device d",
  )
  expect(row?.text).not.toContain(cookie?.match(/=([\w-]+)/)?.[1])
})

test('over https the cookies are bound to the host', async () => {
  const secure = await createWorld({ env: { KONTOR_PUBLIC_URL: 'https://kontor.example.eu' } })
  try {
    const response = await fetch(`${secure.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      body: JSON.stringify({ email: secure.acme.gus.email, password }),
    })
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-kontor=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      expect.stringMatching(/^__Host-kontor-device=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ])
  } finally {
    await secure.close()
  }
})

test('a cookie that we never gave out becomes nobody’s known browser', async () => {
  const planted = 'A'.repeat(43)
  await openBrowser(world, { Cookie: `kontor_device=${planted}` }).api.signIn({
    body: { email: world.acme.ada.email, password },
  })
  await failFiveTimes(world.acme.ada.email)
  const attacker = openBrowser(world, { Cookie: `kontor_device=${planted}` })
  expect(await tryToSignIn(attacker, world.acme.ada.email, password)).toBe('wrong-credentials')
})

test('a browser of two people is known to both, and the six newest of somebody are five', async () => {
  const shared = await signedInAs(world, world.globex.gina)
  await shared.api.signIn({ body: { email: world.globex.hugo.email, password } })
  await failFiveTimes(world.globex.gina.email)
  expect(await tryToSignIn(shared, world.globex.gina.email, password)).toBe('in')
  await world.superuser('delete from platform.sign_in_guard')
  for (let i = 0; i < 6; i++) await signedInAs(world, world.globex.gina)
  const rows = await world.superuser('select 1 from platform.known_device where account_id = $1', [
    world.globex.gina.accountId,
  ])
  expect(rows).toHaveLength(5)
})

test('of 30 right sign-ins at once none is taken for guessing', async () => {
  const signIns = Array.from({ length: 30 }, () => tryToSignIn(openBrowser(world), world.acme.max.email, password))
  // On a busy machine some of them come too late for their turn.
  expect(new Set(await Promise.all(signIns)).difference(new Set(['busy']))).toEqual(new Set(['in']))
})

test('of 200 people who sign in at once each is served or asked to come back, and is told when', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      fetch(`${world.url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
        body: JSON.stringify({ email: n % 2 ? world.acme.max.email : `person${n}@acme.example`, password }),
      }),
    ),
  )
  const told = answers.map(answer => [answer.status, answer.headers.get('retry-after')] as const)
  for (const [status, retryAfter] of told) {
    expect([200, 401, 503]).toContain(status)
    expect(retryAfter !== null).toBe(status === 503)
  }
  // None of them was wrong about their password: whoever has an account is in, or comes back.
  expect(told.filter(([status], n) => n % 2 === 1 && status === 401)).toEqual([])
  expect(await tryToSignIn(openBrowser(world), world.acme.max.email, password)).toBe('in')
})

test('the owner can read of sign-ins, with new devices, of failures, and of a lock once', async () => {
  const { email, accountId } = world.acme.mia
  await world.superuser('delete from platform.account_event')
  const browser = await signedInAs(world, world.acme.mia)
  await browser.api.signIn({ body: { email, password } })
  await failFiveTimes(email)
  await tryToSignIn(openBrowser(world), email, 'wrong')
  const events = await world.superuser<{ kind: string; details: object }>(
    'select kind, details, host(address) as address from platform.account_event where account_id = $1 order by id',
    [accountId],
  )
  expect(events.map(({ kind }) => kind)).toEqual([
    'signed_in',
    'signed_in',
    ...Array.from({ length: 5 }, () => 'sign_in_failed'),
    'locked',
  ])
  expect(events[0]).toEqual({
    kind: 'signed_in',
    details: { method: 'password', newDevice: true },
    address: '127.0.0.1',
  })
  expect(events[1]?.details).toEqual({ method: 'password' })
})

test.each([
  'ada\u0000@acme.example',
  'ada@acme.example\ud800',
  'İSTANBUL@acme.example',
  'ſtefan@acme.example',
  '"quoted local"@acme.example',
  '用户@例子.广告',
  'ada@xn--80ak6aa92e.example',
  `${'a'.repeat(245)}@b.example`,
  'ada\r\nBcc: all@acme.example',
  '\u202eada@acme.example',
  "'; drop table account; --@acme.example",
  '💥@acme.example',
])('an odd address is refused as what it is: %j', async email => {
  const response = await fetch(`${world.url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify({ email, password }),
  })
  expect([400, 401]).toContain(response.status)
})

test('a password of 4 KiB, of other lengths or of odd characters signs nobody in and breaks nothing', async () => {
  const sizes = ['', 'x'.repeat(4096), '💥'.repeat(2048), 'é'.normalize('NFD').repeat(2048), '\u0000'.repeat(20)]
  for (const given of sizes) {
    const response = await fetch(`${world.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      body: JSON.stringify({ email: world.acme.max.email, password: given }),
    })
    expect([400, 401]).toContain(response.status)
    await world.superuser('delete from platform.sign_in_guard')
  }
  const huge = await openBrowser(world)
    .api.signIn({ body: { email: world.acme.max.email, password: 'x'.repeat(5001) } })
    .catch(error => error)
  expect(huge).toMatchObject({ status: 400, errors: [{ pointer: '/password' }] })
})

test('a new password of 4 KiB is refused with a sentence', async () => {
  const signup = { email: 'new@acme.example', name: 'New', workspaceName: 'New' }
  const answer = openBrowser(world).api.createSignup({
    body: { ...signup, password: 'zes natte konijnen '.repeat(216) },
  })
  await expect(answer).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/password', message: 'Use at most 1024 characters.' }],
  })
})
