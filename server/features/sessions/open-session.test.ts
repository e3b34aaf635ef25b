import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { totpField } from '#server/features/second-factors/second-factor.ts'
import { createAuthenticator } from '#tests/setup/authenticator.ts'
import { type Browser, openBrowser } from '#tests/setup/browser.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

const origin = 'http://localhost:8080'
let world: World
beforeEach(async () => {
  await world?.close()
  world = await createWorld()
})
afterAll(() => world.close())

/** Lets a sign-in come as far as it can while somebody else changes the account, and then the change commits. */
async function whileItIsOnItsWay<T>(signIn: () => Promise<T>, change: string): Promise<PromiseSettledResult<T>> {
  const other = new pg.Client(world.server.admin)
  await other.connect()
  try {
    await other.query('begin')
    const { accountId } = world.acme.ada
    await other.query('select from platform.account where id = $1 for no key update', [accountId])
    const outcome = Promise.allSettled([signIn()])
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
    await other.query(change, [accountId])
    await other.query('commit')
    return (await outcome)[0]!
  } finally {
    await other.end()
  }
}

// Over a connection of its own: a transaction sees this view as it was when it first looked.
async function waiting(): Promise<number> {
  const [row] = await world.superuser<{ count: number }>(
    `select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and usename = 'kontor_platform' and wait_event_type = 'Lock'`,
  )
  return row!.count
}

const signInWithPassword = (browser: Browser) => browser.api.signIn({ body: { email: world.acme.ada.email, password } })

const refused = { status: 'rejected', reason: { status: 401, code: 'wrong-credentials' } }

test('a password that was proved before the first factor came opens no session without that factor', async () => {
  const { accountId } = world.acme.ada
  const secret = world.services.sealer.seal(totpField(accountId), 'secret')
  const change = `insert into platform.totp (account_id, secret, confirmed_at) values ($1, '${secret}', now())`
  const browser = openBrowser(world)
  const outcome = await whileItIsOnItsWay(() => signInWithPassword(browser), change)
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
    expect(await whileItIsOnItsWay(() => browser.api.signInWithPasskey({ body }), change)).toMatchObject(refused)
    if (change.includes('passkey')) await add()
  }
})

test('where nothing changes meanwhile the sign-in goes on', async () => {
  const outcome = await whileItIsOnItsWay(
    () => signInWithPassword(openBrowser(world)),
    `update platform.account set name = 'Ada' where id = $1`,
  )
  expect(outcome).toMatchObject({ status: 'fulfilled' })
})
