import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { type Browser, mailsTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type Person, password, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.setClock('2026-11-20T09:00:00Z')
  await world.superuser('delete from platform.sign_in_guard')
})

const next = 'quiet otters repaint lighthouses'
const wrong = { status: 422, code: 'wrong-password', errors: [{ pointer: '/currentPassword' }] }
const change = ({ api }: Browser, currentPassword: string | undefined, wanted = next) =>
  api.changePassword({ body: { password: wanted, ...(currentPassword === undefined ? {} : { currentPassword }) } })

/** As after adding a passkey: this session proved it, or it did not. */
async function addPasskey({ accountId }: Person, { isProved }: { isProved: boolean }): Promise<void> {
  await world.superuser(
    `insert into platform.passkey (id, account_id, name, credential_id, public_key) values ($1, $2, 'Key', $3, '\\x00')`,
    [uuid7(), accountId, Buffer.from(accountId)],
  )
  await world.superuser('update platform.session set second_factor = $2 where account_id = $1', [accountId, isProved])
}

test('50 guesses at the current password at once end as at sign-in: five are looked at, and then the right one waits', async () => {
  const browser = await signedInAs(world, world.acme.mia)
  await world.superuser('delete from platform.account_event')
  const guesses = await Promise.all(
    Array.from({ length: 50 }, () => change(browser, 'not the password').catch(error => error)),
  )
  // A busy machine may not look at some at all, and says so.
  expect(guesses.filter(({ code }) => code !== 'wrong-password' && code !== 'busy')).toEqual([])
  expect(
    await world.superuser("select kind, details from platform.account_event where kind = 'sign_in_failed'"),
  ).toHaveLength(5)
  await expect(change(browser, password)).rejects.toMatchObject(wrong)
  world.setClock('2026-11-20T09:05:01Z')
  await change(browser, password)
})

test('a new password is recorded, mailed once, and makes other browsers strangers again', async () => {
  const { tom } = world.acme
  const [here] = [await signedInAs(world, tom), await signedInAs(world, tom)]
  const devices = () =>
    world.superuser('select id from platform.known_device where account_id = $1 order by id', [tom.accountId])
  const [mine] = await devices()
  await change(here, password)
  expect(await devices()).toEqual([mine])
  await tellSecurityEvents(world.services)
  const mails = (await mailsTo(world, tom.email)).filter(mail => mail.subject.includes('password was changed'))
  expect(mails).toHaveLength(1)
  const [newest] = (await here.api.listSecurityEvents()).items
  expect(newest).toMatchObject({ kind: 'password_changed', address: '127.0.0.1' })
})

test('what is kept of a request for its Idempotency-Key is no digest in which a password could be looked for', async () => {
  const browser = await signedInAs(world, world.globex.gina)
  const body = { currentPassword: password, password }
  const send = (idempotencyKey: string) => browser.api.changePassword({ body, idempotencyKey })
  await send('keyed')
  await send('keyed')
  const other = browser.api.changePassword({ body: { ...body, password: next }, idempotencyKey: 'keyed' })
  await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused' })
  const [row] = await world.superuser<{ request_sha256: Buffer }>(
    "select request_sha256 from platform.idempotency where key = 'keyed'",
  )
  const plain = createHash('sha256')
    .update(`/api/password-changes\n\n${JSON.stringify(body)}`)
    .digest()
  expect(row?.request_sha256).toHaveLength(32)
  expect(row?.request_sha256).not.toEqual(plain)
})

test('without a second factor the current password has to be there, and the new one long', async () => {
  const browser = await signedInAs(world, world.acme.gus)
  await expect(change(browser, undefined)).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/currentPassword' }],
  })
  await expect(change(browser, password, 'wren-8-oak')).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/password' }],
  })
})

test('with a second factor it takes a proof of that, which does for the current password, and 8 characters do', async () => {
  const { max } = world.acme
  const browser = await signedInAs(world, max)
  await addPasskey(max, { isProved: false })
  const required = { status: 403, code: 'proof-required' }
  await expect(change(browser, password)).rejects.toMatchObject(required)
  await world.superuser('update platform.session set second_factor = true where account_id = $1', [max.accountId])
  world.setClock('2026-11-20T09:10:00Z')
  await expect(change(browser, password)).rejects.toMatchObject(required)
  world.setClock('2026-11-20T09:09:59Z')
  await expect(change(browser, 'not the password')).rejects.toMatchObject(wrong)
  await change(browser, undefined, 'wren-8-oak')
  await change(browser, 'wren-8-oak', next)
})

test('an account without a password sets its first with a code only', async () => {
  const { hugo } = world.globex
  const browser = await signedInAs(world, hugo)
  await world.superuser('update platform.account set password_hash = null where id = $1', [hugo.accountId])
  await expect(change(browser, password)).rejects.toMatchObject({ status: 422, code: 'no-password' })
  await expect(openBrowser(world).api.signIn({ body: { email: hugo.email, password: '' } })).rejects.toMatchObject({
    status: 401,
  })
})
