import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEventStream } from '#tests/events/read-stream.ts'
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
  await world.superuser('delete from platform.rate_limit')
})

const rejected = { status: 422, code: 'proof-rejected' }
const required = { status: 403, code: 'proof-required' }
const prove = ({ api }: Browser, given = password) => api.createProof({ body: { password: given } })
const changeEmail = ({ api }: Browser) => api.createEmailChange({ body: { email: 'somewhere@ghent.example' } })

test('a sign-in is proof enough for ten minutes, and then it takes another', async () => {
  const browser = await signedInAs(world, world.acme.mia)
  expect((await browser.api.getSession()).session.provedUntil).toBe('2026-11-20T09:10:00.000Z')
  world.setClock('2026-11-20T09:10:00Z')
  await expect(changeEmail(browser)).rejects.toMatchObject(required)
  await expect(browser.api.deleteAccount()).rejects.toMatchObject(required)
  expect(await prove(browser)).toEqual({ provedUntil: '2026-11-20T09:20:00.000Z' })
  world.setClock('2026-11-20T09:19:59.999Z')
  await changeEmail(browser)
  world.setClock('2026-11-20T09:20:00Z')
  await expect(changeEmail(browser)).rejects.toMatchObject(required)
})

test('a proof is of its own session only, which gets a new token; the old one is worth nothing', async () => {
  const [here, other] = [await signedInAs(world, world.acme.mia), await signedInAs(world, world.acme.mia)]
  const old = here.cookie()!
  world.setClock('2026-11-20T09:30:00Z')
  await prove(here)
  expect(here.cookie()).not.toBe(old)
  await expect(openBrowser(world, { Cookie: old }).api.getSession()).rejects.toMatchObject({ status: 401 })
  await changeEmail(here)
  await expect(changeEmail(other)).rejects.toMatchObject(required)
  const sessions = (await here.api.listSessions()).items
  expect(sessions.find(each => each.current)).toMatchObject({ createdAt: '2026-11-20T09:00:00.000Z' })
})

test('two proofs at once leave one good token', async () => {
  const browser = await signedInAs(world, world.acme.tom)
  await Promise.all([prove(browser), prove(browser)])
  await browser.api.getSession()
})

test('a wrong password proves nothing, and none does either', async () => {
  const browser = await signedInAs(world, world.acme.mia)
  world.setClock('2026-11-20T09:30:00Z')
  for (const given of ['wrong', '', 'x'.repeat(4096)]) {
    await expect(prove(browser, given)).rejects.toMatchObject(rejected)
  }
  await expect(browser.api.createProof({ body: {} })).rejects.toMatchObject(rejected)
  await expect(changeEmail(browser)).rejects.toMatchObject(required)
})

test('of 50 guesses at once five are looked at, and they count at sign-in too', async () => {
  const browser = await signedInAs(world, world.acme.gus)
  await world.superuser('delete from platform.account_event')
  const guesses = await Promise.all(Array.from({ length: 50 }, () => prove(browser, 'guess').catch(error => error)))
  // A busy machine may not look at some at all, and says so.
  expect(guesses.filter(({ code }) => code !== 'proof-rejected' && code !== 'busy')).toEqual([])
  const { items } = await browser.api.listSecurityEvents()
  expect(items.filter(event => event.kind === 'sign_in_failed')).toHaveLength(5)
  await expect(prove(browser)).rejects.toMatchObject(rejected)
  await expect(browser.api.signIn({ body: { email: world.acme.gus.email, password } })).rejects.toMatchObject({
    code: 'wrong-credentials',
  })
  world.setClock('2026-11-20T09:05:01Z')
  await prove(browser)
})

test('the password of another account proves nothing, nor does one’s own in another session', async () => {
  const [mia, stranger] = [await signedInAs(world, world.acme.mia), openBrowser(world)]
  await expect(prove(stranger)).rejects.toMatchObject({ status: 401 })
  await world.superuser('update platform.account set password_hash = null where id = $1', [world.acme.max.accountId])
  const token = mia.cookie()!
  await world.superuser('update platform.session set account_id = $1 where account_id = $2', [
    world.acme.max.accountId,
    world.acme.mia.accountId,
  ])
  await expect(prove(openBrowser(world, { Cookie: token }))).rejects.toMatchObject(rejected)
})

test('a stream that was open goes on after a proof, from where it was', async () => {
  const path = { workspace: 'acme' }
  const { ada } = world.acme
  const browser = await signedInAs(world, ada)
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })
  const follow = (last?: string) => openEventStream(world.url, 'acme', { cookie: browser.cookie()! }, last)
  const before = await follow()
  const first = await ada.api.createTask({ path, body: { projectId, title: 'First' } })
  let seen = await before.next()
  while (seen.event.entityId !== first.id) seen = await before.next()
  await prove(browser)
  const second = await ada.api.createTask({ path, body: { projectId, title: 'Second' } })
  await before.ended()
  const after = await follow(seen.cursor)
  expect((await after.next()).event.entityId).toBe(second.id)
  after.close()
})
