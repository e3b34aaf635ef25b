import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { sendMail } from '#server/mail/send-mail.ts'
import { type Browser, codeTo, mailsTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type Person, password, type World } from '#tests/setup/world.ts'

let world: World
let place = 0
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.setClock('2026-11-20T09:00:00Z')
  await world.superuser('delete from platform.rate_limit')
  await world.superuser('delete from platform.account_event')
})

const rejected = { status: 422, code: 'code-rejected' }
const ask = ({ api }: Browser, email: string) => api.createEmailChange({ body: { email } })
const confirm = ({ api }: Browser, code: string) => api.confirmEmailChange({ body: { code } })
/** An address that nobody has had before. */
const fresh = () => `new-${++place}@ghent.example`

async function moveTo(browser: Browser, email: string) {
  await ask(browser, email)
  return confirm(browser, await codeTo(world, email))
}

/** The person with the address that they have by now. */
async function current({ accountId }: Person): Promise<{ email: string }> {
  const [row] = await world.superuser<{ email: string }>('select email from platform.account where id = $1', [
    accountId,
  ])
  return row!
}

const signIn = async (person: Person) => signedInAs(world, await current(person))
const emailOfMember = async ({ memberId }: Person, { schema } = world.acme) =>
  (await world.superuser<{ email: string }>(`select email from ${schema}.member where id = $1`, [memberId]))[0]?.email

test('a new address counts once it is confirmed: for signing in, in the workspaces, and no longer the old one', async () => {
  const { mia } = world.acme
  const [here, other] = [await signIn(mia), await signIn(mia)]
  const email = fresh()
  expect(await ask(here, email.toUpperCase())).toEqual({ expiresAt: '2026-11-20T09:15:00.000Z' })
  expect((await here.api.getSession()).account.email).toBe('mia@acme.example')
  const account = await confirm(here, await codeTo(world, email))
  expect(account).toMatchObject({ email, name: 'Mia', version: 2 })
  await here.api.getSession()
  await expect(other.api.getSession()).rejects.toMatchObject({ status: 401 })
  await expect(signedInAs(world, { email: 'mia@acme.example' })).rejects.toMatchObject({ code: 'wrong-credentials' })
  await signedInAs(world, { email })
  expect(await emailOfMember(mia)).toBe(email)
})

test('the old address is told when, from which network, and what to do, in the language of the account', async () => {
  const browser = await signIn(world.acme.tom)
  await browser.api.updateAccount({ body: { language: 'nl' } })
  const email = fresh()
  await moveTo(browser, email)
  const [told] = (await mailsTo(world, 'tom@acme.example')).filter(mail => mail.subject.includes('nieuw e-mailadres'))
  for (const fact of [email, '20 november 2026', '10:00', '127.0.0.0/24', 'vanaf dit adres']) {
    expect(told?.text).toContain(fact)
    expect(told?.html).toContain(fact)
  }
  expect(told?.text).not.toMatch(/\b\d{6}\b/)
})

test('what happened can be read by its owner', async () => {
  const browser = await signIn(world.acme.max)
  const email = fresh()
  await moveTo(browser, email)
  const { items } = await browser.api.listSecurityEvents()
  expect(items.map(({ kind, details }) => [kind, details])).toEqual([
    ['email_changed', { from: 'max@acme.example', to: email }],
    ['email_change_requested', {}],
    ['signed_in', expect.anything()],
  ])
})

test('it needs a proof of the last ten minutes', async () => {
  const browser = await signIn(world.acme.mia)
  world.setClock('2026-11-20T09:09:59.999Z')
  await ask(browser, fresh())
  world.setClock('2026-11-20T09:10:00Z')
  await expect(ask(browser, fresh())).rejects.toMatchObject({ status: 403, code: 'proof-required' })
})

test('the answer is the same for an address that has an account, and its owner is told by a mail without a code', async () => {
  const browser = await signIn(world.acme.mia)
  const answers = []
  for (const email of [world.globex.gina.email, fresh()]) {
    const response = await fetch(`${world.url}/api/email-changes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Cookie: browser.cookies() },
      body: JSON.stringify({ email }),
    })
    const headers = Object.fromEntries(response.headers)
    answers.push([response.status, await response.json(), { ...headers, date: '', 'x-request-id': '' }])
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]?.[0]).toBe(202)
  const mail = (await mailsTo(world, world.globex.gina.email)).at(-1)
  expect(mail?.subject).toContain('another account')
  expect(mail?.text).not.toMatch(/\b\d{6}\b/)
  for (const code of ['000000', '999999']) await expect(confirm(browser, code)).rejects.toMatchObject(rejected)
})

test('an address that another account took in between is refused as a wrong code is', async () => {
  const [mia, tom] = [await signIn(world.acme.mia), await signIn(world.acme.tom)]
  const email = fresh()
  await ask(mia, email)
  const code = await codeTo(world, email)
  await moveTo(tom, email)
  const [late, wrong] = await Promise.all(
    [code, code === '000000' ? '111111' : '000000'].map(each => confirm(mia, each).catch(error => error)),
  )
  expect(late).toMatchObject(rejected)
  expect([late.message, late.errors]).toEqual([wrong.message, wrong.errors])
  await mia.api.getSession()
})

test('of two accounts that confirm one address at once, one gets it', async () => {
  const [mia, max] = [await signIn(world.acme.mia), await signIn(world.acme.max)]
  const email = fresh()
  const codes: string[] = []
  for (const browser of [mia, max]) {
    await ask(browser, email)
    codes.push(await codeTo(world, email))
  }
  const results = await Promise.allSettled([confirm(mia, codes[0]!), confirm(max, codes[1]!)])
  expect(results.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find(result => result.status === 'rejected')?.reason).toMatchObject(rejected)
  expect(await world.superuser('select 1 from platform.account where email = $1', [email])).toHaveLength(1)
})

test('of two changes at once only one can be confirmed, and once', async () => {
  const browser = await signIn(world.acme.mia)
  const addresses = [fresh(), fresh()]
  await Promise.all(addresses.map(email => ask(browser, email)))
  const codes = await Promise.all(addresses.map(email => codeTo(world, email)))
  const results = await Promise.allSettled([...codes, ...codes].map(code => confirm(browser, code)))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  expect(addresses).toContain((await current(world.acme.mia)).email)
})

test('of 50 guesses at once exactly 5 are looked at, and then the right code is refused too', async () => {
  const browser = await signIn(world.acme.mia)
  const email = fresh()
  await ask(browser, email)
  const code = await codeTo(world, email)
  const wrong = code === '000000' ? '111111' : '000000'
  const guesses = await Promise.allSettled(Array.from({ length: 50 }, () => confirm(browser, wrong)))
  expect(guesses.every(guess => guess.status === 'rejected' && guess.reason.code === 'code-rejected')).toBe(true)
  expect(
    await world.superuser('select attempts from platform.email_change where account_id = $1', [
      world.acme.mia.accountId,
    ]),
  ).toEqual([{ attempts: 5 }])
  await expect(confirm(browser, code)).rejects.toMatchObject(rejected)
})

test('a code is good for 15 minutes, for its own account, once', async () => {
  const [mia, tom] = [await signIn(world.acme.mia), await signIn(world.acme.tom)]
  const email = fresh()
  await ask(mia, email)
  const code = await codeTo(world, email)
  await expect(confirm(tom, code)).rejects.toMatchObject(rejected)
  world.setClock('2026-11-20T09:15:00Z')
  await expect(confirm(mia, code)).rejects.toMatchObject(rejected)
  world.setClock('2026-11-20T09:14:59.999Z')
  await confirm(mia, code)
  await expect(confirm(mia, code)).rejects.toMatchObject(rejected)
})

test('address and code are stored sealed and hashed', async () => {
  const browser = await signIn(world.acme.mia)
  await ask(browser, fresh())
  const [row] = await world.superuser('select payload, code_hash from platform.email_change where account_id = $1', [
    world.acme.mia.accountId,
  ])
  expect(row).toMatchObject({
    payload: expect.stringMatching(/^k1:gAAAAA/),
    code_hash: expect.stringMatching(/^\$argon2id\$/),
  })
})

test('three codes an hour and ten a day are mailed for an account, and to an address', async () => {
  const browser = await signIn(world.acme.mia)
  const mias = fresh()
  for (let i = 0; i < 3; i++) await ask(browser, mias)
  await expect(ask(browser, fresh())).rejects.toMatchObject({ status: 429, retryAfterSeconds: 3600 })
  await expect(ask(await signIn(world.acme.tom), mias)).rejects.toMatchObject({ status: 429 })
  for (const hour of ['10:00:01', '11:00:02', '12:00:03']) {
    world.setClock(`2026-11-20T${hour}Z`)
    const again = await signIn(world.acme.mia)
    const asked = await Promise.allSettled([fresh(), fresh(), fresh()].map(email => ask(again, email)))
    expect(asked.filter(one => one.status === 'fulfilled')).toHaveLength(hour.startsWith('12') ? 1 : 3)
  }
})

test('a confirmation with a key answers a repetition as it did the first time', async () => {
  const browser = await signIn(world.acme.mia)
  const email = fresh()
  await ask(browser, email)
  const body = { code: await codeTo(world, email) }
  const first = await browser.api.confirmEmailChange({ body, idempotencyKey: 'confirm-1' })
  expect(await browser.api.confirmEmailChange({ body, idempotencyKey: 'confirm-1' })).toEqual(first)
  expect((await mailsTo(world, email)).filter(mail => mail.subject.includes('new e-mail address'))).toEqual([])
})

test('a new address makes codes for a new password void', async () => {
  const { accountId } = world.acme.mia
  await world.superuser(
    `insert into platform.password_reset (id, email_digest, account_id, code_hash, expires_at)
     values ($1, '\\x00', $2, 'x', '2027-01-01')`,
    [uuid7(), accountId],
  )
  await moveTo(await signIn(world.acme.mia), fresh())
  expect(await world.superuser('select 1 from platform.password_reset where account_id = $1', [accountId])).toEqual([])
})

test('where another member still has the address, the member keeps the old one; elsewhere it is new', async () => {
  const { mia, gus } = world.acme
  const browser = await signIn(mia)
  const { slug } = await browser.api.createWorkspace({ body: { name: 'Mias own' } })
  const email = fresh()
  // As when a workspace could not be reached while its member got another address.
  await world.superuser(`update ${world.acme.schema}.member set email = $1 where id = $2`, [email, gus.memberId])
  const before = await emailOfMember(mia)
  expect((await moveTo(browser, email)).email).toBe(email)
  expect(await emailOfMember(mia)).toBe(before)
  expect(await emailOfMember(gus)).toBe(email)
  const path = { workspace: slug }
  const { member } = await browser.api.getMe({ path })
  expect((await browser.api.getMember({ path: { ...path, member: member.id } })).email).toBe(email)
})

test('an open invitation of the new address goes: a member needs none', async () => {
  const path = { workspace: 'acme' }
  const email = fresh()
  const { ada, tom } = world.acme
  const role = (await ada.api.listRoles({ path })).items.find(each => each.name === 'Guest')!
  await ada.api.createInvitation({ path, body: { email, roleId: role.id } })
  await moveTo(await signIn(tom), email)
  expect((await ada.api.listInvitations({ path })).items.filter(each => each.email === email)).toEqual([])
})

test('who is a member under an older address cannot accept an invitation of the new one as well', async () => {
  const path = { workspace: 'acme' }
  const { ada, max } = world.acme
  const email = fresh()
  const browser = await signIn(max)
  await world.superuser('update platform.account set email = $1 where id = $2', [email, max.accountId])
  const role = (await ada.api.listRoles({ path })).items.find(each => each.name === 'Guest')!
  await ada.api.createInvitation({ path, body: { email, roleId: role.id } })
  const mail = (await mailsTo(world, email)).at(-1)
  const [, workspace = '', token = ''] = mail?.text.match(/\/join\/([^/]+)\/([\w-]+)/) ?? []
  await expect(browser.api.acceptInvitation({ path: { workspace, token }, body: {} })).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('already'),
  })
  expect((await browser.api.getMe({ path })).role.name).toBe('Manager')
})

test.each([
  ['one’s own address in capitals', 'ADA@ACME.example', 422],
  ['a dotless i', 'ada@acme.examp\u0131e', 400],
  ['a Kelvin sign for a k', 'ada@\u212Aontor.example', 400],
  ['a long s', 'ada@acme\u017F.example', 400],
  ['fullwidth letters', '\uFF41da@acme.example', 400],
  ['a Cyrillic a', '\u0430da@acme.example', 400],
  ['a zero-width space', 'ada\u200B@acme.example', 400],
  ['a right-to-left override', 'ada\u202E@acme.example', 400],
  ['a combining accent', 'ada\u0301@acme.example', 400],
  ['a lone surrogate', 'ada\uD800@acme.example', 400],
  ['a NUL', 'ada\u0000@acme.example', 400],
  ['a line break and another header', 'ada@acme.example\r\nBcc: eve@evil.example', 400],
  ['two addresses', 'ada@acme.example,eve@evil.example', 400],
  ['a name before the address', 'Ada <ada@evil.example>', 400],
  ['255 characters', `${'a'.repeat(243)}@ghent.example`, 400],
])('a new address with %s is refused', async (_, email, status) => {
  await expect(ask(await signIn(world.acme.ada), email)).rejects.toMatchObject({ status })
  expect(await world.superuser('select 1 from platform.rate_limit')).toEqual([])
})

test('a name or a browser that carries headers brings none into a mail', async () => {
  const browser = openBrowser(world, { 'User-Agent': 'x"><b>y' })
  await browser.api.signIn({ body: { email: world.globex.hugo.email, password } })
  await browser.api.updateAccount({ body: { name: 'Hugo\r\nBcc: eve@evil.example\r\n\r\n<script>x</script>' } })
  await moveTo(browser, fresh())
  await tellSecurityEvents(world.services)
  const waiting = await world.services.platform.db.selectFrom('mail').select('id').execute()
  for (const { id } of waiting) await sendMail(world.services, id)
  const folder = join(world.services.config.dataDir, 'mail')
  const files = (await readdir(folder)).filter(name => name.includes('hugo'))
  expect(files.length).toBeGreaterThan(0)
  for (const name of files) {
    const [head = '', ...body] = (await readFile(join(folder, name), 'utf8')).split(/\r?\n\r?\n/)
    expect(head).not.toMatch(/^(bcc|cc)\s*:/im)
    expect(body.join('\n')).not.toContain('<script>')
  }
})
