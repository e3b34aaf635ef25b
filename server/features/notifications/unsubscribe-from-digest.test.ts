import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMorningRound } from '#server/features/notifications/make-morning-round.ts'
import { unsubscribePaths } from '#server/features/notifications/unsubscribe-token.ts'
import { sendMail } from '#server/mail/send-mail.ts'
import { readSettled } from '#tests/events/read-settled.ts'
import { openRelay, type Relay } from '#tests/setup/relay.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
const origin = 'https://kontor.example.eu'
let relay: Relay
let world: World
beforeAll(async () => {
  relay = await openRelay()
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: origin, KONTOR_SMTP_URL: relay.url } })
  await world.prepareQueue()
})
afterAll(async () => {
  await world.close()
  await relay.close()
})

const digestOf = async ({ api }: Person) => (await api.getNotificationSettings({ path })).digest
const pathsOf = ({ memberId }: Person) => unsubscribePaths(world.services, world.acme.id, memberId)
const send = (address: string, init: RequestInit = {}) =>
  fetch(`${world.url}${address}`, { redirect: 'manual', ...init })
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const oneClick = (address: string) =>
  send(address, { method: 'POST', headers: form, body: 'List-Unsubscribe=One-Click' })

test('the mail names the address of one click in its headers, and one click there unsubscribes its reader alone', async () => {
  const { ada, mia, tom } = world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })
  await ada.api.createTask({ path, body: { projectId, title: 'Print', assigneeId: mia.memberId } })
  const signal = new AbortController().signal
  await readSettled(world)
  world.setClock('2088-01-05T07:00:00Z')
  await makeMorningRound(world.services, { workspaceId: world.acme.id }, signal)
  for (const { id } of await world.services.platform.db.selectFrom('mail').select('id').execute())
    await sendMail(world.services, id)
  const [{ headers, text } = { headers: {} as Record<string, string>, text: '' }] = relay.deliveries
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  const [, address = ''] = headers['list-unsubscribe']?.match(/^<https:\/\/kontor\.example\.eu(\/\S+)>$/) ?? []
  expect(text).toContain(`${origin}${pathsOf(mia).page}`)
  expect((await oneClick(address)).status).toBe(204)
  expect([await digestOf(mia), await digestOf(tom)]).toEqual(['off', 'weekdays'])
  // Again, as mail programs do that heard no answer.
  expect((await oneClick(address)).status).toBe(204)
  const { items } = await ada.api.listAuditEvents({ path, query: { action: 'member.updated' } })
  expect(items.map(({ entityId, changes }) => [entityId, changes])).toEqual([
    [mia.memberId, { digest: { from: 'weekdays', to: 'off' } }],
  ])
})

test('a GET changes nothing: it leads to the page that asks', async () => {
  const { max } = world.acme
  const { oneClick: address, page } = pathsOf(max)
  const response = await send(address)
  expect([response.status, response.headers.get('location')]).toEqual([303, `${origin}${page}`])
  expect((await send(address, { method: 'HEAD' })).status).toBe(303)
  expect(await digestOf(max)).toBe('weekdays')
})

test('the page’s own button and a form of parts unsubscribe too, without signing in', async () => {
  const { max, gus } = world.acme
  const [, , , workspace = '', token = ''] = pathsOf(max).oneClick.split('/')
  await world.anyone.unsubscribeFromDigest({ path: { workspace, token } })
  expect(await digestOf(max)).toBe('off')
  const parts = new FormData()
  parts.set('List-Unsubscribe', 'One-Click')
  expect((await send(pathsOf(gus).oneClick, { method: 'POST', body: parts })).status).toBe(204)
  expect(await digestOf(gus)).toBe('off')
})

test('a forged token, and one of another workspace, change nothing and are not found', async () => {
  const { ada, tom } = world.acme
  const [, , , workspace, token = ''] = pathsOf(tom).oneClick.split('/')
  const [payload, mac = ''] = token.split('.')
  const adas = Buffer.from(ada.memberId).toString('base64url')
  const address = (of: string, with_: string) => `/api/digest-unsubscriptions/${of}/${with_}`
  const forged = [
    address(workspace!, `${payload}.${mac.replace(/^./, first => (first === 'A' ? 'B' : 'A'))}`),
    address(workspace!, `${adas}.${mac}`),
    address(world.globex.id, token),
    address('00000000-0000-7000-8000-000000000000', token),
  ]
  for (const each of forged) expect([each, (await oneClick(each)).status]).toEqual([each, 404])
  for (const each of [address('nothing', token), address(workspace!, 'nothing')])
    expect([each, (await oneClick(each)).status]).toEqual([each, 400])
  expect([await digestOf(ada), await digestOf(tom)]).toEqual(['weekdays', 'weekdays'])
})

test('a form is taken nowhere else', async () => {
  const response = await send('/api/session', { method: 'POST', headers: form, body: 'email=ada@acme.example' })
  expect(response.status).toBe(415)
})

test('a token that was given a part of the rights does not change what its member is mailed', async () => {
  const { ada } = world.acme
  const { token } = await ada.api.createApiToken({
    path,
    body: { name: 'part', permissions: { task: { read: 'all' } } },
  })
  const response = await send('/api/workspaces/acme/me/notification-settings', {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: '{"digest":"off"}',
  })
  expect(response.status).toBe(403)
  expect(await digestOf(ada)).toBe('weekdays')
})
