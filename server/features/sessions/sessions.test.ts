import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSession } from '#server/features/sessions/session-queries.ts'
import { type Browser, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.setClock('2026-03-02T09:00:00Z')
  await world.superuser('delete from platform.session')
})

const out = { status: 401, code: 'not-signed-in' }
const eventsOf = (kind: string) =>
  world.superuser('select kind, details from platform.account_event where kind = $1 order by id desc', [kind])

/** A browser in which a workspace's identity provider signed somebody in. */
async function vouchedFor(accountId: string, workspaceId: string): Promise<Browser> {
  const { services } = world
  const proof = { method: 'single_sign_on' as const, workspaceId }
  const request = { address: '127.0.0.1', userAgent: 'curl/8.5.0' }
  const token = await startSession(services, services.platform.db, accountId, request, proof)
  return openBrowser(world, { Cookie: `kontor=${token}` })
}

test('a session that is not used ends after 14 days, and not a moment before', async () => {
  const [one, other] = [await signedInAs(world, world.acme.mia), await signedInAs(world, world.acme.mia)]
  world.setClock('2026-03-16T08:59:59.999Z')
  await one.api.getSession()
  world.setClock('2026-03-16T09:00:00Z')
  await expect(other.api.getSession()).rejects.toMatchObject(out)
  await expect(other.api.getMe({ path: { workspace: 'acme' } })).rejects.toMatchObject(out)
  expect((await one.api.listSessions()).items).toHaveLength(1)
})

test('a session that is used ends after 30 days all the same, over the change to summer time', async () => {
  const browser = await signedInAs(world, world.acme.mia)
  for (const now of ['2026-03-12T09:00:00Z', '2026-03-22T09:00:00Z']) {
    world.setClock(now)
    await browser.api.getMe({ path: { workspace: 'acme' } })
    const seen = () => world.superuser<{ at: string }>('select last_seen_at as at from platform.session')
    await expect.poll(async () => new Date((await seen())[0]!.at).toISOString()).toBe(new Date(now).toISOString())
  }
  world.setClock('2026-04-01T08:59:59.999Z')
  await browser.api.getSession()
  world.setClock('2026-04-01T09:00:00Z')
  await expect(browser.api.getSession()).rejects.toMatchObject(out)
})

test('a session says how it began, where, and in what', async () => {
  const browser = openBrowser(world, { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' })
  await browser.api.signIn({ body: { email: world.acme.mia.email, password } })
  expect((await browser.api.listSessions()).items).toEqual([
    {
      id: expect.any(String),
      device: 'Firefox, Linux',
      address: '127.0.0.1',
      method: 'password',
      secondFactor: false,
      workspace: null,
      createdAt: '2026-03-02T09:00:00.000Z',
      lastSeenAt: '2026-03-02T09:00:00.000Z',
      expiresAt: '2026-04-01T09:00:00.000Z',
      current: true,
    },
  ])
})

test('one session or all others can be ended; each is out with its next request, and the owner can read of it', async () => {
  const mia = () => signedInAs(world, world.acme.mia)
  const [laptop, phone, tablet, desk] = [await mia(), await mia(), await mia(), await mia()]
  const stranger = await signedInAs(world, world.acme.tom)
  const session = (await phone.api.listSessions()).items.find(each => each.current)!.id
  await expect(stranger.api.endSession({ path: { session } })).rejects.toMatchObject({ status: 404 })
  await laptop.api.endSession({ path: { session } })
  await expect(phone.api.getSession()).rejects.toMatchObject(out)
  await expect(laptop.api.endSession({ path: { session } })).rejects.toMatchObject({ status: 404 })
  expect(await eventsOf('session_ended')).toMatchObject([{ details: { device: 'node' } }])
  await laptop.api.endOtherSessions()
  for (const other of [tablet, desk]) await expect(other.api.getSession()).rejects.toMatchObject(out)
  await laptop.api.getSession()
  await stranger.api.getSession()
  await laptop.api.endOtherSessions()
  expect(await eventsOf('sessions_ended')).toMatchObject([{ details: { count: 2 } }])
})

test('ending the session that asks takes its cookie back', async () => {
  const browser = await signedInAs(world, world.acme.mia)
  const [current] = (await browser.api.listSessions()).items
  await browser.api.endSession({ path: { session: current!.id } })
  expect(browser.cookie()).toBeUndefined()
  await expect(browser.api.getSession()).rejects.toMatchObject(out)
})

test("a session of a workspace's identity provider sees that workspace and itself, and ends only itself", async () => {
  const { accountId } = world.acme.mia
  const { api } = await signedInAs(world, world.acme.mia)
  await api.createWorkspace({ body: { name: 'Mias own' } })
  const bound = await vouchedFor(accountId, world.acme.id)
  const workspace = { slug: 'acme', name: 'Acme' }
  const { workspaces } = await bound.api.getSession()
  expect(workspaces.map(each => each.slug)).toEqual(['acme'])
  expect((await bound.api.listWorkspaces()).items.map(each => each.slug)).toEqual(['acme'])
  expect((await api.listWorkspaces()).items).toHaveLength(2)
  const seen = await bound.api.listSessions()
  expect(seen.items).toMatchObject([{ current: true, method: 'single_sign_on', workspace }])
  const all = (await api.listSessions()).items
  expect(all.map(each => each.workspace)).toEqual([workspace, null])
  const other = all.find(each => each.workspace === null)!.id
  await expect(bound.api.endSession({ path: { session: other } })).rejects.toMatchObject({ status: 404 })
  await expect(bound.api.endOtherSessions()).rejects.toMatchObject({ status: 403, code: 'workspace-session' })
  await api.getSession()
  await bound.api.endSession({ path: { session: seen.items[0]!.id } })
  await expect(bound.api.getSession()).rejects.toMatchObject(out)
})

test("a session of a workspace's identity provider enters no other workspace and changes nothing of the account", async () => {
  const bound = await vouchedFor(world.acme.mia.accountId, world.globex.id)
  await expect(bound.api.getMe({ path: { workspace: 'acme' } })).rejects.toMatchObject({ status: 404 })
  const refused = { status: 403, code: 'workspace-session' }
  const next = 'quiet otters repaint lighthouses'
  for (const asked of [
    () => bound.api.updateAccount({ body: { name: 'Somebody' } }),
    () => bound.api.changePassword({ body: { currentPassword: password, password: next } }),
    () => bound.api.createEmailChange({ body: { email: 'mia@ghent.example' } }),
    () => bound.api.confirmEmailChange({ body: { code: '123456' } }),
    () => bound.api.listSecurityEvents(),
    () => bound.api.deleteAccount(),
  ]) {
    await expect(asked()).rejects.toMatchObject(refused)
  }
})

test('one sees what happened to one’s own account, newest first, page by page, and nothing of others', async () => {
  await world.superuser('delete from platform.account_event')
  const browser = await signedInAs(world, world.acme.mia)
  await signedInAs(world, world.acme.tom)
  await openBrowser(world)
    .api.signIn({ body: { email: world.acme.mia.email, password: 'wrong' } })
    .catch(() => undefined)
  const first = await browser.api.listSecurityEvents({ query: { limit: 1 } })
  const second = await browser.api.listSecurityEvents({ query: { limit: 1, cursor: first.nextCursor! } })
  expect([...first.items, ...second.items]).toMatchObject([
    { kind: 'sign_in_failed', device: 'node', address: '127.0.0.1', details: { method: 'password' } },
    { kind: 'signed_in', at: '2026-03-02T09:00:00.000Z', details: { method: 'password' } },
  ])
  expect(second.nextCursor).toBeNull()
  const stranger = await signedInAs(world, world.acme.tom)
  await expect(stranger.api.listSecurityEvents({ query: { cursor: first.nextCursor! } })).rejects.toMatchObject({
    status: 400,
  })
})
