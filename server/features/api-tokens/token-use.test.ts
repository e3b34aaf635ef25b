import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '#client'
import { dayBounds } from '#server/clock.ts'
import { notifyNext } from '#server/features/notifications/notify.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { mailsTo, signedInAs } from '#tests/setup/browser.ts'
import { checkedFetch } from '#tests/setup/checked-fetch.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => world.close())

const path = { workspace: 'acme' }

/** A client with this token, at this address. */
const from = (address: string, token: string): Client =>
  createClient({ baseUrl: world.url, token, headers: () => ({ 'X-Forwarded-For': address }), fetch: checkedFetch })

async function newToken(name: string, body: { expiresAt?: string } = {}) {
  const { api } = await signedInAs(world, world.acme.mia)
  return api.createApiToken({ path, body: { name, ...body } })
}

/** What the history says of the uses of a token: kind and network. Two of one moment are in no particular order. */
async function usesOf(tokenId: string): Promise<string[]> {
  const { items } = await world.acme.ada.api.listAuditEvents({ path, query: { tokenId, entity: 'api_token' } })
  return items.map(event => `${event.action.split('.')[1]} ${event.changes.network?.to}`).sort()
}

/** Notes a use as the server does, on a connection of its own. */
async function note(tokenId: string, network: string | null) {
  const [row] = await world.asWorkspace<{ noted_ms: number; told: boolean }>(
    world.acme.schema,
    `select noted_ms, told from note_token_use_${world.acme.schema}($1, $2)`,
    [tokenId, network],
  )
  return row!
}

test('the first use in a day and in a network is an event each, however many requests come at once', async () => {
  const { id, token } = await newToken('Report')
  const client = from('203.0.113.7', token)
  await Promise.all(Array.from({ length: 20 }, () => client.getMe({ path })))
  const first = ['used 203.0.113.0/24', 'used_from_new_network 203.0.113.0/24']
  await expect.poll(() => usesOf(id)).toEqual(first)
  await from('203.0.113.200', token).getMe({ path })
  await from('198.51.100.1', token).getMe({ path })
  await expect.poll(() => usesOf(id)).toEqual([first[0], 'used_from_new_network 198.51.100.0/24', first[1]])
  const { items } = await world.acme.ada.api.listAuditEvents({ path, query: { tokenId: id, action: 'api_token.used' } })
  expect(items).toMatchObject([{ entityId: id, memberId: world.acme.mia.memberId, tokenId: id }])
})

test('the list says when and in which network a token was last used', async () => {
  const { id, token } = await newToken('Seen')
  const { api } = await signedInAs(world, world.acme.mia)
  const find = async () => (await api.listApiTokens({ path })).items.find(each => each.id === id)!
  expect(await find()).toMatchObject({ lastUsedAt: null, lastUsedNetwork: null })
  const before = Date.now()
  await from('2001:db8:1:2:3:4:5:6', token).getMe({ path })
  await expect.poll(async () => (await find()).lastUsedNetwork).toBe('2001:db8:1:2::/64')
  const { lastUsedAt, version } = await find()
  expect(Date.parse(lastUsedAt!)).toBeGreaterThanOrEqual(before)
  expect(version).toBe(1)
})

test('a use in a network that was noted less than five minutes ago is not written again', async () => {
  const { id, token } = await newToken('Busy')
  await from('203.0.113.7', token).getMe({ path })
  await expect.poll(() => usesOf(id)).toHaveLength(2)
  // Now any note would find the day's first use again.
  await world.superuser(`update ${world.acme.schema}.api_token set last_used_at = null where id = $1`, [id])
  await from('203.0.113.8', token).getMe({ path })
  await from('192.0.2.1', token).getMe({ path })
  await expect.poll(() => usesOf(id)).toHaveLength(4)
  const noted = [
    'used 192.0.2.0/24',
    'used 203.0.113.0/24',
    'used_from_new_network 192.0.2.0/24',
    'used_from_new_network 203.0.113.0/24',
  ]
  expect(await usesOf(id)).toEqual(noted)
  world.setClock(Temporal.Now.instant().add({ minutes: 6 }).toString())
  await world.superuser(`update ${world.acme.schema}.api_token set last_used_at = null where id = $1`, [id])
  await from('203.0.113.9', token).getMe({ path })
  await expect.poll(() => usesOf(id)).toEqual([...noted, 'used 203.0.113.0/24'].sort())
})

test('of uses at once on several connections, one makes the event', async () => {
  const { id } = await newToken('Raced')
  for (let n = 0; n < 5; n++) {
    const notes = await Promise.all(Array.from({ length: 4 }, () => note(id, `203.0.${n}.0/24`)))
    expect(notes.filter(each => each.told)).toHaveLength(1)
  }
  expect(await usesOf(id)).toHaveLength(6)
})

test('a day of use is a day in Brussels, and no note lasts into the next one', async () => {
  const { id } = await newToken('Daily')
  const brussels = "'Europe/Brussels'"
  const lastUsed = (sql: string) =>
    world.superuser(`update ${world.acme.schema}.api_token set last_used_at = ${sql} where id = $1`, [id])
  await note(id, '203.0.113.0/24')
  const midnight = `date_trunc('day', now() at time zone ${brussels}) at time zone ${brussels}`
  await lastUsed(midnight)
  expect((await note(id, '203.0.113.0/24')).told).toBe(false)
  await lastUsed(`${midnight} - interval '1 millisecond'`)
  const { told, noted_ms: notedMs } = await note(id, '203.0.113.0/24')
  expect(told).toBe(true)
  const { end } = dayBounds(Temporal.Now.plainDateISO('Europe/Brussels').toString())
  expect(notedMs).toBeGreaterThan(0)
  expect(notedMs).toBeLessThanOrEqual(Math.min(300_000, end.epochMilliseconds - Date.now() + 1000))
  const network = '203.0.113.0/24'
  expect(await usesOf(id)).toEqual([`used ${network}`, `used ${network}`, `used_from_new_network ${network}`])
})

test('the last 50 networks of a token are known, those used longest ago are forgotten', async () => {
  const { id } = await newToken('Traveller')
  const network = (n: number) => `10.0.${n}.0/24`
  for (let n = 0; n < 50; n++) await note(id, network(n))
  expect((await note(id, network(0))).told).toBe(false)
  expect((await note(id, network(50))).told).toBe(true)
  expect((await note(id, network(0))).told).toBe(false)
  expect((await note(id, network(1))).told).toBe(true)
})

test('what a token that is no longer good tries is no use of it', async () => {
  const expired = await newToken('Expired', { expiresAt: new Date(Date.now() + 60_000).toISOString() })
  const revoked = await newToken('Revoked')
  await world.superuser(`update ${world.acme.schema}.api_token set expires_at = now() where id = $1`, [expired.id])
  await world.acme.ada.api.deleteApiToken({ path: { ...path, token: revoked.id } })
  for (const { id, token } of [expired, revoked]) {
    await expect(from('203.0.113.7', token).getMe({ path })).rejects.toMatchObject({ status: 401 })
    expect(await note(id, '203.0.113.0/24')).toEqual({ noted_ms: 0, told: false })
    expect(await usesOf(id)).toEqual([])
  }
})

test('every change that was made with a token is found by it', async () => {
  const { id, token } = await newToken('Writer')
  const client = from('203.0.113.7', token)
  const { id: projectId } = await world.acme.ada.api.createProject({ path, body: { name: 'Found', key: 'FND' } })
  const task = await client.createTask({ path, body: { projectId, title: 'By script' } })
  await client.updateTask({ path: { ...path, task: task.id }, body: { status: 'done' } })
  await world.acme.mia.api.updateTask({ path: { ...path, task: task.id }, body: { status: 'todo' } })
  const found = async () =>
    (await world.acme.ada.api.listAuditEvents({ path, query: { tokenId: id, limit: 200 } })).items
  expect((await found()).filter(event => event.entity === 'task').map(event => event.action)).toEqual([
    'task.updated',
    'task.created',
  ])
  expect((await found()).every(event => event.tokenId === id)).toBe(true)
})

test('the owner of a token that moves to a new network is told once, and the first network is no move', async () => {
  await world.prepareQueue()
  const { id } = await newToken('Told')
  const workspace = { ...world.acme, loginKey: 1 }
  const read = async () => {
    await world.superuser(`update ${world.acme.schema}.workspace set notified_xid = '0', notified_seq = 0`)
    while ((await notifyNext(world.services, workspace)) === 'more');
    await tellSecurityEvents(world.services)
  }
  // What the other tests did is told before, and does not use up the mails of an hour.
  await read()
  await world.superuser('delete from platform.rate_limit')
  for (const network of ['203.0.113.0/24', '198.51.100.0/24', '203.0.113.0/24']) await note(id, network)
  await read()
  await read()
  const { api } = await signedInAs(world, world.acme.mia)
  const told = (await api.listSecurityEvents({ query: { limit: 200 } })).items.filter(
    event => event.kind === 'token_used_from_new_network' && event.details.token === 'Told',
  )
  expect(told).toMatchObject([{ details: { token: 'Told', workspace: 'acme', network: '198.51.100.0/24' } }])
  const mails = (await mailsTo(world, world.acme.mia.email)).filter(mail => mail.text.includes('Told'))
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toBe('An API token of your Kontor account was used in a new network')
  expect(mails[0]?.text).toContain('198.51.100.0/24')
  expect(mails[0]?.text).toContain('/w/acme/settings/tokens')
  // The workspace's history has it once, under the same id, and nothing of it as an event of the member.
  const { items } = await world.acme.ada.api.listAuditEvents({ path, query: { limit: 200 } })
  expect(items.filter(event => event.id === told[0]!.id)).toMatchObject([{ action: 'api_token.used_from_new_network' }])
  expect(items.filter(event => event.action.includes('token_used'))).toEqual([])
})

test('however many networks a stolen token comes from, its owner gets ten of these a day', async () => {
  const { id } = await newToken('Botnet')
  for (let n = 0; n < 15; n++) await note(id, `10.1.${n}.0/24`)
  const workspace = { ...world.acme, loginKey: 1 }
  while ((await notifyNext(world.services, workspace)) === 'more');
  const { api } = await signedInAs(world, world.acme.mia)
  const { items } = await api.listSecurityEvents({ query: { limit: 200 } })
  expect(items.filter(event => event.details.token === 'Botnet')).toHaveLength(10)
  expect(await usesOf(id)).toHaveLength(16)
})
