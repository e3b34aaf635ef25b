import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApiProblem } from '#client'
import { networkOf } from '#server/http/network.ts'
import { bucketOf } from '#server/limits/rate-limit.ts'
import { type Authenticator, createAuthenticator, type Twist } from '#tests/setup/authenticator.ts'
import { type Browser, openBrowser } from '#tests/setup/browser.ts'
import { createWorld, type Person, password, type World } from '#tests/setup/world.ts'

const origin = 'http://localhost:8080'
let world: World
beforeEach(async () => {
  await world?.close()
  world = await createWorld()
})
afterAll(() => world.close())

const browserAt = (at = origin) => openBrowser(world, { Origin: at })

async function signedIn({ email }: Person, at?: string): Promise<Browser> {
  const browser = browserAt(at)
  await browser.api.signIn({ body: { email, password } })
  return browser
}

async function addPasskey(browser: Browser, key: Authenticator, twist?: Twist) {
  const { challengeId, options } = await browser.api.createPasskeyOptions()
  return browser.api.createPasskey({
    body: { challengeId, response: key.create(options as never, twist) as never, name: 'Laptop' },
  })
}

async function signInWith(browser: Browser, key: Authenticator, twist?: Twist) {
  const { challengeId, options } = await browser.api.createSignInOptions()
  return browser.api.signInWithPasskey({ body: { challengeId, response: key.get(options as never, twist) as never } })
}

const refused = { status: 401, code: 'wrong-credentials' }

test('a passkey is added, listed, renamed and signs in without a password, as two factors', async () => {
  const { ada } = world.acme
  const browser = await signedIn(ada)
  const key = createAuthenticator(origin)
  const { passkey, recoveryCodes } = await addPasskey(browser, key)
  expect(recoveryCodes).toHaveLength(10)
  await browser.api.updatePasskey({ path: { passkey: passkey.id }, body: { name: 'Work' } })
  expect((await browser.api.listPasskeys()).items.map(({ name }) => name)).toEqual(['Work'])
  const other = browserAt()
  const { account, workspaces } = await signInWith(other, key)
  expect([account.id, workspaces.map(({ slug }) => slug)]).toEqual([ada.accountId, ['acme']])
  expect((await other.api.getSession()).session).toMatchObject({ secondFactor: true })
  expect((await other.api.listPasskeys()).items[0]?.lastUsedAt).not.toBeNull()
})

test('with a passkey on the account a password alone no longer signs in, and with it it does', async () => {
  const { ada } = world.acme
  const key = createAuthenticator(origin)
  await addPasskey(await signedIn(ada), key)
  const browser = browserAt()
  const asked: ApiProblem = await browser.api.signIn({ body: { email: ada.email, password } }).catch(error => error)
  expect(asked).toMatchObject({ status: 401, code: 'second-factor-required' })
  expect(asked.body.factors).toEqual(['passkey', 'recovery-code'])
  const { challengeId, options } = asked.body.passkey as { challengeId: string; options: never }
  // As a second factor it need not ask who unlocks it: the password did.
  const response = key.get(options, { userVerified: false }) as never
  await browser.api.signIn({ body: { email: ada.email, password, passkey: { challengeId, response } } })
  expect((await browser.api.getSession()).session.secondFactor).toBe(true)
})

describe('a passkey is refused', () => {
  let key: Authenticator
  beforeEach(async () => {
    key = createAuthenticator(origin)
    await addPasskey(await signedIn(world.acme.ada), key)
  })

  test.each<[string, Twist]>([
    ['of a page on another site', { origin: 'https://kontor.evil.example' }],
    ['of a page on another port', { origin: 'http://localhost:9999' }],
    ['made for another name', { rpId: 'evil.example' }],
    ['when nobody unlocked it', { userVerified: false }],
  ])('%s', async (_, twist) => {
    await expect(signInWith(browserAt(), key, twist)).rejects.toMatchObject(refused)
    await signInWith(browserAt(), key)
  })

  test('when its counter goes back or stands still, as that of a copy does', async () => {
    await signInWith(browserAt(), key, { counter: 7 })
    await expect(signInWith(browserAt(), key, { counter: 7 })).rejects.toMatchObject(refused)
    await expect(signInWith(browserAt(), key, { counter: 3 })).rejects.toMatchObject(refused)
    await signInWith(browserAt(), key, { counter: 8 })
  })

  test('for a challenge that was answered before, whether that was right or wrong', async () => {
    const browser = browserAt()
    const { challengeId, options } = await browser.api.createSignInOptions()
    const body = { challengeId, response: key.get(options as never) as never }
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => browserAt().api.signInWithPasskey({ body })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(browser.api.signInWithPasskey({ body })).rejects.toMatchObject(refused)
  })

  test('for a challenge of five minutes ago', async () => {
    const browser = browserAt()
    const { challengeId, options } = await browser.api.createSignInOptions()
    const { clock } = world.services
    world.setClock(clock.now().add({ minutes: 5, seconds: 1 }).toString())
    const response = key.get(options as never) as never
    await expect(browser.api.signInWithPasskey({ body: { challengeId, response } })).rejects.toMatchObject(refused)
  })

  test('for a challenge of another purpose', async () => {
    const browser = await signInWith(browserAt(), key).then(() => browserAt())
    await signInWith(browser, key)
    const { challengeId, options } = await browser.api.createProofOptions()
    const response = key.get(options as never) as never
    await expect(browserAt().api.signInWithPasskey({ body: { challengeId, response } })).rejects.toMatchObject(refused)
  })

  test('of a page that is open under an IP address, wherever it is sent', async () => {
    const byNumber = browserAt('http://127.0.0.1:8080')
    const { challengeId, options } = await browserAt().api.createSignInOptions()
    const response = key.get(options as never) as never
    await expect(byNumber.api.signInWithPasskey({ body: { challengeId, response } })).rejects.toMatchObject(refused)
    const body = { email: world.acme.ada.email, password }
    const asked: ApiProblem = await browserAt()
      .api.signIn({ body })
      .catch(error => error)
    const given = asked.body.passkey as { challengeId: string; options: never }
    const passkey = { challengeId: given.challengeId, response: key.get(given.options) as never }
    const again: ApiProblem = await byNumber.api.signIn({ body: { ...body, passkey } }).catch(error => error)
    expect(again).toMatchObject({ status: 401, code: 'second-factor-required' })
    expect(again.body).not.toHaveProperty('passkey')
  })

  test('that nobody added', async () => {
    await expect(signInWith(browserAt(), createAuthenticator(origin))).rejects.toMatchObject(refused)
  })

  test('that is somebody else’s, as a second factor', async () => {
    const mias = createAuthenticator(origin)
    await addPasskey(await signedIn(world.acme.mia), mias)
    const browser = browserAt()
    const body = { email: world.acme.ada.email, password }
    const asked: ApiProblem = await browser.api.signIn({ body }).catch(error => error)
    const { challengeId, options } = asked.body.passkey as { challengeId: string; options: never }
    const passkey = { challengeId, response: mias.get(options) as never }
    await expect(browser.api.signIn({ body: { ...body, passkey } })).rejects.toMatchObject({
      status: 401,
      code: 'second-factor-required',
    })
  })

  test('when it is garbage', async () => {
    const browser = browserAt()
    for (const response of [
      { id: '', rawId: '', type: 'public-key', response: {} },
      {
        id: key.id,
        rawId: key.id,
        type: 'public-key',
        response: { clientDataJSON: 'x', authenticatorData: '', signature: '' },
      },
      { id: key.id, rawId: key.id, type: 'public-key', response: { clientDataJSON: 1, authenticatorData: null } },
    ]) {
      const { challengeId } = await browser.api.createSignInOptions()
      await expect(
        browser.api.signInWithPasskey({ body: { challengeId, response: response as never } }),
      ).rejects.toMatchObject(refused)
    }
  })
})

describe('adding a passkey', () => {
  test.each<[string, Twist]>([
    ['from another site', { origin: 'https://kontor.evil.example' }],
    ['for another name', { rpId: 'evil.example' }],
  ])('%s is refused', async (_, twist) => {
    const browser = await signedIn(world.acme.ada)
    await expect(addPasskey(browser, createAuthenticator(origin), twist)).rejects.toMatchObject({
      status: 422,
      code: 'passkey-rejected',
    })
    expect((await browser.api.listPasskeys()).items).toEqual([])
  })

  test('with somebody else’s challenge, or a key that is there, is refused', async () => {
    const [ada, mia] = [await signedIn(world.acme.ada), await signedIn(world.acme.mia)]
    const key = createAuthenticator(origin)
    const { challengeId, options } = await ada.api.createPasskeyOptions()
    const body = { challengeId, response: key.create(options as never) as never, name: 'Mine' }
    await expect(mia.api.createPasskey({ body })).rejects.toMatchObject({ status: 422 })
    await addPasskey(ada, key)
    await expect(addPasskey(mia, key)).rejects.toMatchObject({ status: 422 })
  })

  test('needs a proof of the last ten minutes, which a passkey can give', async () => {
    const browser = await signedIn(world.acme.ada)
    const key = createAuthenticator(origin)
    const { passkey } = await addPasskey(browser, key)
    world.setClock(world.services.clock.now().add({ minutes: 11 }).toString())
    const remove = () => browser.api.deletePasskey({ path: { passkey: passkey.id } })
    await expect(remove()).rejects.toMatchObject({ status: 403, code: 'proof-required' })
    await expect(browser.api.createProof({ body: { password } })).rejects.toMatchObject({ status: 422 })
    const { challengeId, options } = await browser.api.createProofOptions()
    await browser.api.createProof({ body: { passkey: { challengeId, response: key.get(options as never) as never } } })
    await remove()
  })

  test('takes a proof that a security key without a PIN can give too, beside the password and not alone', async () => {
    const browser = await signedIn(world.acme.ada)
    const key = createAuthenticator(origin)
    const touched = { userVerified: false }
    await addPasskey(browser, key, touched)
    world.setClock(world.services.clock.now().add({ minutes: 11 }).toString())
    const ask = async (query: { beside?: 'password' }) => {
      const { challengeId, options } = await browser.api.createProofOptions({ query })
      return { wants: options.userVerification, passkey: { challengeId, response: key.get(options as never, touched) } }
    }
    const prove = (body: object) => browser.api.createProof({ body: body as never })
    const rejected = { status: 422, code: 'proof-rejected' }
    const [alone, wrong, right] = [await ask({}), await ask({ beside: 'password' }), await ask({ beside: 'password' })]
    expect([alone.wants, right.wants]).toEqual(['required', 'preferred'])
    await expect(prove({ passkey: alone.passkey })).rejects.toMatchObject(rejected)
    await expect(prove({ passkey: wrong.passkey })).rejects.toMatchObject(rejected)
    await expect(prove({ passkey: wrong.passkey, password: 'wrong' })).rejects.toMatchObject(rejected)
    await expect(browser.api.createPasskeyOptions()).rejects.toMatchObject({ code: 'proof-required' })
    await prove({ passkey: right.passkey, password })
    await browser.api.createPasskeyOptions()
  })

  test('of a page that is open under an IP address is answered with the name to use', async () => {
    const browser = await signedIn(world.acme.ada, 'http://127.0.0.1:8080')
    await expect(browser.api.createPasskeyOptions()).rejects.toMatchObject({
      status: 409,
      code: 'passkeys-need-a-name',
      message: 'Open http://localhost:8080 instead of an IP address.',
    })
  })
})

test('of a server with a name of its own, the name of the configuration counts and no header', async () => {
  const named = await createWorld({ env: { KONTOR_PUBLIC_URL: 'https://kontor.example.eu' } })
  try {
    const browser = openBrowser(named, { Origin: 'https://kontor.example.eu' })
    const { options } = await browser.api.createSignInOptions()
    expect(options.rpId).toBe('kontor.example.eu')
  } finally {
    await named.close()
  }
})

test('what an account or a network asks for is counted, because each leaves a row', async () => {
  const browser = await signedIn(world.acme.ada)
  const slowDown = { status: 429, code: 'too-many-requests' }
  await Promise.all(Array.from({ length: 30 }, () => browser.api.createProofOptions()))
  await expect(browser.api.createProofOptions()).rejects.toMatchObject(slowDown)
  await expect(browser.api.createPasskeyOptions()).rejects.toMatchObject(slowDown)
  await (await signedIn(world.acme.mia)).api.createPasskeyOptions()
  const at = world.services.clock.now().toString()
  await world.superuser(
    `insert into platform.rate_limit (bucket, hits, expires_at)
     values ($1, array_fill($2::timestamptz, array[299]), $2::timestamptz + interval '5 minutes')`,
    [bucketOf('passkey-options', networkOf('127.0.0.1')), at],
  )
  await browserAt().api.createSignInOptions()
  await expect(browserAt().api.createSignInOptions()).rejects.toMatchObject(slowDown)
})
