import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { sendPasswordReset, sendWaitingResets } from '#server/features/password-resets/index.ts'
import { openEventStream } from '#tests/events/read-stream.ts'
import { codeTo, mailsTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

let world: World
beforeEach(async () => {
  world = await createWorld()
  await world.prepareQueue()
})
afterEach(() => world.close())

const next = 'quiet otters repaint lighthouses'
const rejected = { status: 422, code: 'code-rejected' }

/** Asks for a code, as anybody can, and has the worker do its part. */
async function ask(email: string): Promise<void> {
  await world.anyone.createPasswordReset({ body: { email } })
  await sendWaitingResets(world.services)
}

async function codeFor(email: string): Promise<string> {
  await ask(email)
  return codeTo(world, email)
}

const confirm = (email: string, code: string, to = next) =>
  world.anyone.confirmPasswordReset({ body: { email, code, password: to } })
const resetMails = async (email: string) => (await mailsTo(world, email)).filter(mail => /^\d{6} /.test(mail.subject))
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('with the mailed code there is a new password; the old one is over, and nobody is signed in by it', async () => {
  const { ada } = world.acme
  const browser = openBrowser(world)
  await browser.api.createPasswordReset({ body: { email: 'ADA@acme.example' } })
  await sendWaitingResets(world.services)
  await browser.api.confirmPasswordReset({
    body: { email: ada.email, code: await codeTo(world, ada.email), password: next },
  })
  expect(browser.cookie()).toBeUndefined()
  await expect(browser.api.signIn({ body: { email: ada.email, password } })).rejects.toMatchObject({ status: 401 })
  await browser.api.signIn({ body: { email: ada.email, password: next } })
})

test('a reset ends every session within a second, open event streams included', async () => {
  const { mia } = world.acme
  const browser = await signedInAs(world, mia)
  const stream = await openEventStream(world.url, 'acme', { cookie: browser.cookie()! })
  const code = await codeFor(mia.email)
  await confirm(mia.email, code)
  await expect(browser.api.getSession()).rejects.toMatchObject({ status: 401 })
  const began = performance.now()
  await stream.ended()
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('the mail is in the language of the account, says nothing of the password, and is for its owner alone', async () => {
  const { tom } = world.acme
  await world.superuser(`update platform.account set language = 'nl' where id = $1`, [tom.accountId])
  await ask(tom.email)
  const [mail, ...others] = await resetMails(tom.email)
  expect(others).toEqual([])
  expect(mail!.subject).toMatch(/^\d{6} is je code voor een nieuw wachtwoord$/)
  expect(mail!.html).toContain('lang="nl"')
})

describe('a code is rejected, with one answer for all,', () => {
  test('when it is wrong, for another account, or for an address that has none', async () => {
    const { ada, mia } = world.acme
    const code = await codeFor(ada.email)
    const answers = await Promise.all(
      [confirm(ada.email, another(code)), confirm(mia.email, code), confirm('nobody@acme.example', code)].map(attempt =>
        attempt.catch(error => error),
      ),
    )
    for (const answer of answers)
      expect([answer.status, answer.code, answer.message]).toEqual([422, 'code-rejected', answers[0].message])
    await confirm(ada.email, code)
  })

  test('at 15:01, and taken at 14:59', async () => {
    const { ada } = world.acme
    world.setClock('2026-11-20T09:00:00Z')
    const early = await codeFor(ada.email)
    world.setClock('2026-11-20T09:14:59Z')
    await confirm(ada.email, early)
    world.setClock('2026-11-20T10:00:00Z')
    const late = await codeFor(ada.email)
    world.setClock('2026-11-20T10:15:01Z')
    await expect(confirm(ada.email, late)).rejects.toMatchObject(rejected)
  })

  test('when it was used, and when two use it at once one of them', async () => {
    const { ada } = world.acme
    const code = await codeFor(ada.email)
    const outcomes = await Promise.allSettled([confirm(ada.email, code), confirm(ada.email, code)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(confirm(ada.email, code)).rejects.toMatchObject(rejected)
  })

  test('when a newer one was asked for', async () => {
    const { ada } = world.acme
    const first = await codeFor(ada.email)
    const second = await codeFor(ada.email)
    if (first !== second) await expect(confirm(ada.email, first)).rejects.toMatchObject(rejected)
    await confirm(ada.email, second)
  })

  test('after 5 of 50 guesses at once, even when it is right', async () => {
    const { ada } = world.acme
    const code = await codeFor(ada.email)
    await Promise.allSettled(Array.from({ length: 50 }, () => confirm(ada.email, another(code))))
    const [row] = await world.superuser<{ attempts: number }>(
      'select attempts from platform.password_reset where account_id = $1',
      [ada.accountId],
    )
    expect(row).toEqual({ attempts: 5 })
    await expect(confirm(ada.email, code)).rejects.toMatchObject(rejected)
  })

  test('when the address of the account was changed since', async () => {
    const { ada } = world.acme
    const code = await codeFor(ada.email)
    await world.superuser(`update platform.account set email = 'other@acme.example' where id = $1`, [ada.accountId])
    await expect(confirm('other@acme.example', code)).rejects.toMatchObject(rejected)
    await expect(confirm(ada.email, code)).rejects.toMatchObject(rejected)
    await openBrowser(world).api.signIn({ body: { email: 'other@acme.example', password } })
  })
})

test('of 1,000 requests for one address, all are answered alike, and 3 mails go out', {
  timeout: 120_000,
}, async () => {
  const { ada } = world.acme
  const answers = new Set<number>()
  const asker = async () => {
    for (let n = 0; n < 50; n++) {
      const response = await fetch(`${world.url}/api/password-resets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: ada.email }),
      })
      answers.add(response.status)
      expect(await response.text()).toBe('')
    }
  }
  await Promise.all(Array.from({ length: 20 }, asker))
  await sendWaitingResets(world.services)
  expect([...answers]).toEqual([202])
  expect(await resetMails(ada.email)).toHaveLength(3)
})

test('no more than 10 codes are mailed in a day, nor more than 3 in an hour', async () => {
  const { ada } = world.acme
  for (let hour = 0; hour < 6; hour++) {
    world.setClock(`2026-11-20T${String(9 + hour).padStart(2, '0')}:00:30Z`)
    for (let n = 0; n < 5; n++) await ask(ada.email)
  }
  expect(await resetMails(ada.email)).toHaveLength(10)
})

test('for an address that has no account as much is written and hashed, and nothing is mailed', async () => {
  await ask('nobody@acme.example')
  await ask(world.acme.ada.email)
  const kept = () =>
    world.superuser<{ attempts: number }>(
      `select attempts, payload, code_hash ~ '^\\$argon2id' as hashed from platform.password_reset order by id`,
    )
  const each = { payload: null, hashed: true }
  expect(await kept()).toEqual([
    { ...each, attempts: 0 },
    { ...each, attempts: 0 },
  ])
  await expect(confirm('nobody@acme.example', '000000')).rejects.toMatchObject(rejected)
  expect((await kept()).map(({ attempts }) => attempts)).toEqual([1, 0])
  expect(await mailsTo(world, 'nobody@acme.example')).toEqual([])
})

test('a request that cannot be opened keeps no other waiting', async () => {
  await world.anyone.createPasswordReset({ body: { email: world.acme.mia.email } })
  await world.superuser('update platform.password_reset set id = $1', ['00000000-0000-7000-8000-000000000000'])
  await ask(world.acme.ada.email)
  expect(await resetMails(world.acme.mia.email)).toEqual([])
  expect(await resetMails(world.acme.ada.email)).toHaveLength(1)
})

test('a request whose process dies is mailed by the schedule, once, however often it runs', async () => {
  const { ada } = world.acme
  await world.anyone.createPasswordReset({ body: { email: ada.email } })
  const [row] = await world.superuser<{ id: string }>('select id from platform.password_reset')
  await Promise.all([1, 2, 3].map(() => sendPasswordReset(world.services, row!.id)))
  await sendWaitingResets(world.services)
  expect(await resetMails(ada.email)).toHaveLength(1)
})

test('a reset lifts every lock, and never locks', async () => {
  const { ada } = world.acme
  const browser = openBrowser(world)
  for (let n = 0; n < 6; n++)
    await browser.api.signIn({ body: { email: ada.email, password: `wrong ${n}` } }).catch(() => 0)
  await expect(browser.api.signIn({ body: { email: ada.email, password } })).rejects.toMatchObject({ status: 401 })
  const code = await codeFor(ada.email)
  for (let n = 0; n < 3; n++) await expect(confirm(ada.email, another(code))).rejects.toMatchObject(rejected)
  await confirm(ada.email, code)
  await browser.api.signIn({ body: { email: ada.email, password: next } })
})

test('an account that an identity provider made gets its first password this way', async () => {
  const { mia } = world.acme
  await world.superuser('update platform.account set password_hash = null where id = $1', [mia.accountId])
  await confirm(mia.email, await codeFor(mia.email))
  await openBrowser(world).api.signIn({ body: { email: mia.email, password: next } })
})

test('a password that the rules forbid is refused, by its field, without using the code up', async () => {
  const { ada } = world.acme
  const code = await codeFor(ada.email)
  const refused = { status: 422, errors: [{ pointer: '/password' }] }
  for (const weak of ['short one', 'ada@acme.example!', 'passwordpassword', 'x'.repeat(4_096), '\u0301'.repeat(20)])
    await expect(confirm(ada.email, code, weak)).rejects.toMatchObject(refused)
  for (let n = 0; n < 5; n++) await expect(confirm(ada.email, code, 'only12chars!')).rejects.toMatchObject(refused)
  await confirm(ada.email, code)
})

test('with a second factor 8 characters are enough, and the factor is asked for all the same', async () => {
  const { ada } = world.acme
  const id = uuid7()
  await world.superuser(
    `insert into platform.passkey (id, account_id, name, credential_id, public_key) values ($1, $2, 'Key', '\\x01', '\\x02')`,
    [id, ada.accountId],
  )
  await confirm(ada.email, await codeFor(ada.email), 'otter7!x')
  const [row] = await world.superuser('select password_is_short from platform.account where id = $1', [ada.accountId])
  expect(row).toEqual({ password_is_short: true })
  await expect(
    openBrowser(world).api.signIn({ body: { email: ada.email, password: 'otter7!x' } }),
  ).rejects.toMatchObject({ status: 401, code: 'second-factor-required' })
})

test('a name full of headers and markup breaks out of no mail', async () => {
  const { ada } = world.acme
  await world.superuser(`update platform.account set name = $2 where id = $1`, [
    ada.accountId,
    'Ada\r\nBcc: evil@example.com <script>alert(1)</script>',
  ])
  await ask(ada.email)
  const [mail] = await resetMails(ada.email)
  expect(JSON.stringify(mail)).not.toMatch(/Bcc|script/)
})

test('known, unknown and limited addresses get the same answer, header for header', async () => {
  const seen = async (email: string) => {
    const response = await fetch(`${world.url}/api/password-resets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    })
    const headers = Object.fromEntries(response.headers)
    for (const each of ['date', 'x-request-id']) delete headers[each]
    return { status: response.status, headers, body: await response.text() }
  }
  const known = await seen(world.acme.ada.email)
  expect(await seen('nobody@acme.example')).toEqual(known)
  for (let n = 0; n < 4; n++) await seen(world.acme.mia.email)
  expect(await seen(world.acme.mia.email)).toEqual(known)
})
