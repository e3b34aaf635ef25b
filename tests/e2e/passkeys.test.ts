import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'
import { openWithAuthenticator } from '#tests/e2e/virtual-authenticator.ts'
import { type Person, password } from '#tests/setup/world.ts'

const e2e = startE2e()
// It asks for no passkey of its own accord.
const quietPage = '/signup'

test('Chromium makes a passkey, and signs in with it without a password', async () => {
  const { ada } = e2e.world.acme
  const { page, authenticator } = await openWithAuthenticator(e2e, quietPage)
  await signInWithPassword(page, ada)
  expect((await addPasskey(page)).status).toBe(201)
  expect(await authenticator.count()).toBe(1)
  expect((await call(page, 'DELETE', '/api/session')).status).toBe(204)
  expect((await call(page, 'GET', '/api/session')).status).toBe(401)

  expect((await signInWithPasskey(page)).body).toMatchObject({ account: { email: ada.email } })
  const { body } = await call(page, 'GET', '/api/session')
  expect(body).toMatchObject({ account: { email: ada.email }, session: { secondFactor: true } })
  // The page itself is signed in: the cookie is there for all of it.
  await page.goto(new URL('/', page.url()).href)
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  e2e.expectNoFaults()
})

test('a security key that asks nobody to unlock it is a second factor, beside the password', async () => {
  const { mia } = e2e.world.acme
  const key = { transport: 'usb', hasResidentKey: false, hasUserVerification: false } as const
  const { page } = await openWithAuthenticator(e2e, quietPage, key)
  await signInWithPassword(page, mia)
  expect((await addPasskey(page)).status).toBe(201)
  await call(page, 'DELETE', '/api/session')

  const credentials = { email: mia.email, password }
  const asked = await call(page, 'POST', '/api/session', credentials)
  expect(asked).toMatchObject({ status: 401, body: { type: '/problems/second-factor-required' } })
  const passkey = await answer(page, asked.body.passkey as Asked)
  expect((await call(page, 'POST', '/api/session', { ...credentials, passkey })).status).toBe(200)
  expect((await call(page, 'GET', '/api/session')).body).toMatchObject({ session: { secondFactor: true } })
  // What it answered is worth nothing a second time.
  expect((await call(page, 'POST', '/api/session', { ...credentials, passkey })).status).toBe(401)
  e2e.expectNoFaults()
})

test('a copy of a key that fell behind signs nobody in, and the key itself does', async () => {
  const { tom } = e2e.world.acme
  const { page, authenticator } = await openWithAuthenticator(e2e, quietPage)
  await signInWithPassword(page, tom)
  await addPasskey(page)
  const copy = await authenticator.copy()
  expect((await signInWithPasskey(page)).status).toBe(200)
  expect((await signInWithPasskey(page)).status).toBe(200)
  const original = await authenticator.copy()
  await authenticator.replaceBy(copy)
  expect(await signInWithPasskey(page)).toMatchObject({ status: 401, body: { type: '/problems/wrong-credentials' } })
  await authenticator.replaceBy(original)
  expect((await signInWithPasskey(page)).status).toBe(200)
  e2e.expectNoFaults(/^401 POST \/api\/session\/passkey$/)
})

test('under an IP address the answer says under which name passkeys work', async () => {
  const page = await e2e.open('/', { as: e2e.world.globex.gina })
  const { port } = new URL(e2e.world.url)
  expect(await call(page, 'POST', '/api/passkeys/options')).toMatchObject({
    status: 409,
    body: { type: '/problems/passkeys-need-a-name', detail: expect.stringContaining(`http://localhost:${port}`) },
  })
  e2e.expectNoFaults(/^409 POST \/api\/passkeys\/options$/)
})

async function signInWithPassword(page: Page, { email }: Person): Promise<void> {
  expect((await call(page, 'POST', '/api/session', { email, password })).status).toBe(200)
}

async function addPasskey(page: Page): Promise<Answered> {
  const { body } = await call(page, 'POST', '/api/passkeys/options')
  const { challengeId, options } = body as Asked
  const response = await page.evaluate(async json => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json)
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    return made.toJSON()
  }, options as PublicKeyCredentialCreationOptionsJSON)
  return call(page, 'POST', '/api/passkeys', { challengeId, response, name: 'Laptop' })
}

async function signInWithPasskey(page: Page): Promise<Answered> {
  const { body } = await call(page, 'POST', '/api/session/passkey-options')
  return call(page, 'POST', '/api/session/passkey', await answer(page, body as Asked))
}

type Asked = { challengeId: string; options: unknown }

async function answer(page: Page, { challengeId, options }: Asked) {
  const response = await page.evaluate(async json => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json)
    const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    return found.toJSON()
  }, options as PublicKeyCredentialRequestOptionsJSON)
  return { challengeId, response }
}

type Answered = { status: number; body: Record<string, unknown> }

/** Asks as a script of the page does, under its origin, with its cookies and its Content Security Policy. */
function call(page: Page, method: string, path: string, body?: unknown): Promise<Answered> {
  return page.evaluate(
    async ({ method, path, text }) => {
      const answer = await fetch(path, {
        method,
        ...(text === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: text }),
      })
      return { status: answer.status, body: JSON.parse((await answer.text()) || '{}') as Record<string, unknown> }
    },
    { method, path, text: body === undefined ? undefined : JSON.stringify(body) },
  )
}
