import { afterAll, beforeEach, expect, test } from 'vitest'
import { sendWaitingResets } from '#server/features/password-resets/index.ts'
import { createAuthenticator } from '#tests/setup/authenticator.ts'
import { type Browser, codeTo, openBrowser } from '#tests/setup/browser.ts'
import { whileItWaits } from '#tests/setup/while-it-waits.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

const origin = 'http://localhost:8080'
let world: World
let browser: Browser
beforeEach(async () => {
  await world?.close()
  world = await createWorld()
  await world.prepareQueue()
  browser = openBrowser(world, { Origin: origin })
  await browser.api.signIn({ body: { email: world.acme.ada.email, password } })
  const { challengeId, options } = await browser.api.createPasskeyOptions()
  const response = createAuthenticator(origin).create(options as never) as never
  await browser.api.createPasskey({ body: { challengeId, response, name: 'Laptop' } })
})
afterAll(() => world.close())

const short = 'otter7!x'
const change = () => browser.api.changePassword({ body: { password: short } })

async function reset(): Promise<() => Promise<void>> {
  const { email } = world.acme.ada
  await world.anyone.createPasswordReset({ body: { email } })
  await sendWaitingResets(world.services)
  const code = await codeTo(world, email)
  return () => world.anyone.confirmPasswordReset({ body: { email, code, password: short } })
}

async function hasShortPassword(): Promise<boolean> {
  const [row] = await world.superuser<{ short: boolean }>(
    'select password_is_short as short from platform.account where id = $1',
    [world.acme.ada.accountId],
  )
  return row!.short
}

test.each([
  ['changed', async () => change],
  ['reset', reset],
])('a short password that is %s while the last factor goes is refused: it would stand alone', async (_, prepare) => {
  const ask: () => Promise<unknown> = await prepare()
  const removal = 'delete from platform.passkey where account_id = $1'
  const outcome = await whileItWaits(world, world.acme.ada, ask, removal)
  expect(outcome).toMatchObject({
    status: 'rejected',
    reason: { status: 422, errors: [{ pointer: '/password', message: expect.stringContaining('at least 15') }] },
  })
  expect(await hasShortPassword()).toBe(false)
  await browser.api.getSession()
})

test.each([
  ['changed', async () => change],
  ['reset', reset],
])('a short password that is %s while something else changes is taken', async (_, prepare) => {
  const ask: () => Promise<unknown> = await prepare()
  const outcome = await whileItWaits(world, world.acme.ada, ask, `update platform.account set name = 'A' where id = $1`)
  expect(outcome).toMatchObject({ status: 'fulfilled' })
  expect(await hasShortPassword()).toBe(true)
})
