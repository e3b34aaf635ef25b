import { afterAll, beforeEach, expect, test } from 'vitest'
import { totpField } from '#server/features/second-factors/second-factor.ts'
import { createAuthenticator } from '#tests/setup/authenticator.ts'
import { type Browser, openBrowser } from '#tests/setup/browser.ts'
import { whileItWaits } from '#tests/setup/while-it-waits.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

const origin = 'http://localhost:8080'
let world: World
beforeEach(async () => {
  await world?.close()
  world = await createWorld()
})
afterAll(() => world.close())

const signInWithPassword = (browser: Browser) => browser.api.signIn({ body: { email: world.acme.ada.email, password } })

const refused = { status: 'rejected', reason: { status: 401, code: 'wrong-credentials' } }

test('a password that was proved before the first factor came opens no session without that factor', async () => {
  const { accountId } = world.acme.ada
  const secret = world.services.sealer.seal(totpField(accountId), 'secret')
  const change = `insert into platform.totp (account_id, secret, confirmed_at) values ($1, '${secret}', now())`
  const browser = openBrowser(world)
  const outcome = await whileItWaits(world, world.acme.ada, () => signInWithPassword(browser), change)
  expect(outcome).toMatchObject(refused)
  expect(browser.cookie()).toBeUndefined()
})

test('a passkey that is removed while it signs in opens no session, nor one whose account goes', async () => {
  const key = createAuthenticator(origin)
  const add = async () => {
    const owner = openBrowser(world, { Origin: origin })
    await signInWithPassword(owner)
    const { challengeId, options } = await owner.api.createPasskeyOptions()
    const response = key.create(options as never) as never
    await owner.api.createPasskey({ body: { challengeId, response, name: 'Laptop' } })
  }
  await add()
  for (const change of [
    'delete from platform.passkey where account_id = $1',
    'delete from platform.account where id = $1',
  ]) {
    const browser = openBrowser(world, { Origin: origin })
    const { challengeId, options } = await browser.api.createSignInOptions()
    const body = { challengeId, response: key.get(options as never) as never }
    expect(
      await whileItWaits(world, world.acme.ada, () => browser.api.signInWithPasskey({ body }), change),
    ).toMatchObject(refused)
    if (change.includes('passkey')) await add()
  }
})

test('where nothing changes meanwhile the sign-in goes on', async () => {
  const outcome = await whileItWaits(
    world,
    world.acme.ada,
    () => signInWithPassword(openBrowser(world)),
    `update platform.account set name = 'Ada' where id = $1`,
  )
  expect(outcome).toMatchObject({ status: 'fulfilled' })
})
