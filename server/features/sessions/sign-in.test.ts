import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { mailsTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { hashAsInProduction, hashCheaply } from '#tests/setup/hash-cost.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const next = 'quiet otters repaint lighthouses'

test('signing in shows the account with its workspaces and sets a cookie that scripts and other sites cannot use', async () => {
  const browser = openBrowser(world)
  const { account, workspaces } = await browser.api.signIn({ body: { email: 'ADA@acme.example', password } })
  expect(account).toMatchObject({ id: world.acme.ada.accountId, email: 'ada@acme.example', language: 'en' })
  expect(workspaces).toMatchObject([{ id: world.acme.id, name: 'Acme', slug: 'acme', plan: 'business' }])
  expect(browser.setCookie()).toMatch(/^kontor=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(await browser.api.getSession()).toMatchObject({ account, workspaces })
})

test('a wrong password and an unknown address get the same answer', async () => {
  const answers = await Promise.all(
    ['ada@acme.example', 'nobody@acme.example'].map(email =>
      openBrowser(world)
        .api.signIn({ body: { email, password: 'wrong' } })
        .catch(error => error),
    ),
  )
  expect(answers.map(({ status, code, message }) => [status, code, message])).toEqual([
    [401, 'wrong-credentials', answers[0].message],
    [401, 'wrong-credentials', answers[0].message],
  ])
})

test('each sign-in has a token of its own, ends the session it came with, and stores hashes only', async () => {
  const browser = await signedInAs(world, world.acme.max)
  const first = browser.cookie()
  await browser.api.signIn({ body: { email: world.acme.max.email, password } })
  expect(browser.cookie()).not.toBe(first)
  expect((await browser.api.listSessions()).items).toHaveLength(1)
  const [row] = await world.superuser<{ text: string }>(
    "select string_agg(session::text, '') as text from platform.session",
  )
  expect(row?.text).not.toContain(browser.cookie()!.split('=')[1])
})

test('a weaker hash is replaced when its owner signs in', async () => {
  hashAsInProduction()
  await world.superuser('update platform.account set password_hash = $1 where id = $2', [
    await hash(password, { memoryCost: 19_456, timeCost: 2 }),
    world.acme.gus.accountId,
  ])
  await signedInAs(world, world.acme.gus)
  const [row] = await world.superuser<{ password_hash: string }>(
    'select password_hash from platform.account where id = $1',
    [world.acme.gus.accountId],
  )
  expect(row?.password_hash).toContain('m=65536,t=3')
  await signedInAs(world, world.acme.gus)
  hashCheaply()
})

test('a session can be listed and ended by its owner only', async () => {
  const [laptop, phone] = [await signedInAs(world, world.acme.tom), await signedInAs(world, world.acme.tom)]
  const { items } = await laptop.api.listSessions()
  expect(items.map(session => session.current).sort()).toEqual([false, true])
  const other = items.find(session => !session.current)!
  expect(other).toMatchObject({ address: '127.0.0.1' })
  const stranger = await signedInAs(world, world.globex.hugo)
  await expect(stranger.api.endSession({ path: { session: other.id } })).rejects.toMatchObject({ status: 404 })
  await laptop.api.endSession({ path: { session: other.id } })
  await expect(phone.api.getSession()).rejects.toMatchObject({ status: 401 })
  await laptop.api.signOut()
  expect(laptop.cookie()).toBeUndefined()
  await expect(laptop.api.getSession()).rejects.toMatchObject({ status: 401 })
})

test('a session ends after 30 days, however often it is used', async () => {
  const browser = await signedInAs(world, world.globex.hugo)
  await world.superuser('update platform.session set expires_at = now() where account_id = $1', [
    world.globex.hugo.accountId,
  ])
  await expect(browser.api.getSession()).rejects.toMatchObject({ status: 401 })
})

test('a new password ends the other sessions, needs the current one, and its owner is told', async () => {
  const [laptop, phone] = [await signedInAs(world, world.acme.mia), await signedInAs(world, world.acme.mia)]
  const change = (currentPassword: string, wanted: string) =>
    laptop.api.changePassword({ body: { currentPassword, password: wanted } })
  await expect(change('wrong', next)).rejects.toMatchObject({
    status: 422,
    code: 'wrong-password',
    errors: [{ pointer: '/currentPassword' }],
  })
  await expect(change(password, 'short')).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/password' }] })
  await change(password, next)
  await laptop.api.getSession()
  await expect(phone.api.getSession()).rejects.toMatchObject({ status: 401 })
  await expect(signedInAs(world, world.acme.mia)).rejects.toMatchObject({ code: 'wrong-credentials' })
  await openBrowser(world).api.signIn({ body: { email: world.acme.mia.email, password: next } })
  await tellSecurityEvents(world.services)
  const subjects = (await mailsTo(world, world.acme.mia.email)).map(mail => mail.subject)
  expect(subjects).toContain('Your Kontor password was changed')
})

test('a write with the cookie from another site is refused, and one that names no site too', async () => {
  const { cookie } = await signedInAs(world, world.globex.gina)
  const create = (headers: Record<string, string>) =>
    openBrowser(world, { Cookie: cookie()!, ...headers }).api.createWorkspace({ body: { name: 'Forged' } })
  await expect(create({ 'Sec-Fetch-Site': 'cross-site' })).rejects.toMatchObject({ status: 403, code: 'cross-site' })
  await expect(create({ 'Sec-Fetch-Site': 'same-site' })).rejects.toMatchObject({ status: 403, code: 'cross-site' })
  const bare = await fetch(`${world.url}/api/workspaces`, {
    method: 'POST',
    headers: { Cookie: cookie()!, 'Content-Type': 'application/json' },
    body: '{"name":"Forged"}',
  })
  expect(bare.status).toBe(403)
  // A token means nothing here, so that one is sent does not make the cookie another one's either.
  await expect(
    create({ 'Sec-Fetch-Site': 'cross-site', Authorization: `Bearer ${world.globex.gina.token}` }),
  ).rejects.toMatchObject({ status: 403, code: 'cross-site' })
})

test('a password change with a key answers a repetition as it did the first time', async () => {
  const { api } = await signedInAs(world, world.acme.tom)
  const body = { currentPassword: password, password: next }
  await api.changePassword({ body, idempotencyKey: 'change-1' })
  await api.changePassword({ body, idempotencyKey: 'change-1' })
  await expect(api.changePassword({ body, idempotencyKey: 'change-2' })).rejects.toMatchObject({
    code: 'wrong-password',
  })
})

test('more password changes at once than there are connections keep nobody waiting for one', async () => {
  const { api } = await signedInAs(world, world.acme.max)
  const body = { currentPassword: 'not the password', password: next }
  const answers = await Promise.all(
    Array.from({ length: 14 }, (_, i) =>
      api.changePassword({ body, idempotencyKey: `try-${i}` }).catch(error => error),
    ),
  )
  // A busy machine may send some away to hash later (after 5 s), but none for want of a connection (after 2 s).
  const sent = answers.filter(({ status, retryAfterSeconds }) => status !== 422 && retryAfterSeconds !== 5)
  expect(sent).toEqual([])
})

test('a new name reaches the workspaces in which its owner goes by the old one', async () => {
  const browser = await signedInAs(world, world.globex.gina)
  const account = await browser.api.updateAccount({ body: { name: 'Gina Rossi', language: 'fr' } })
  expect(account).toMatchObject({ name: 'Gina Rossi', language: 'fr' })
  const member = await browser.api.getMember({ path: { workspace: 'globex', member: world.globex.gina.memberId } })
  expect(member.name).toBe('Gina Rossi')
})

test('an API token enters no account', async () => {
  await expect(world.acme.ada.api.getSession()).rejects.toMatchObject({ status: 401 })
  await expect(world.acme.ada.api.listWorkspaces()).rejects.toMatchObject({ status: 401 })
})
