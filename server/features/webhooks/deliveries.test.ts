import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#client'
import { cleanUp } from '#server/jobs/clean-up.ts'
import { type Received, startReceiver } from '#tests/events/receiver.ts'
import { begin, createWebhookWorld, of, path, signatureOf, type WebhookWorld } from '#tests/events/webhook-world.ts'
import { mailsTo } from '#tests/setup/browser.ts'
import type { World } from '#tests/setup/world.ts'

let world: World
let at: WebhookWorld
let api: WebhookWorld['api']
beforeAll(async () => {
  at = await createWebhookWorld()
  world = at.world
  api = at.api
})
afterAll(() => world.close())

test('what arrived is in the log with what was sent and what was answered', async () => {
  const receiver = await startReceiver(() => ({ status: 201, body: 'Thank\0 you' }))
  const webhook = await at.newWebhook(receiver.url)
  const [first, second] = [await at.newTask('One'), await at.newTask('Two')]
  await at.deliver(webhook)
  const log = await at.logOf(webhook)
  expect(log).toHaveLength(2)
  expect(log[1]).toMatchObject({
    id: receiver.received[0]!.headers['webhook-id'],
    action: 'task.created',
    status: 'delivered',
    attemptCount: 1,
    responseStatus: 201,
    nextAttemptAt: null,
    finishedAt: '2026-11-02T10:00:00.000Z',
  })
  const found = await api.getWebhookDelivery({ path: { ...of(webhook), delivery: log[1]!.id } })
  expect(found.request!.body).toBe(receiver.received[0]!.body)
  expect(receiver.received[0]!.headers).toMatchObject(
    Object.fromEntries(Object.entries(found.request!.headers).map(([name, value]) => [name.toLowerCase(), value])),
  )
  expect(JSON.stringify(found)).not.toContain('v1,')
  expect(found.attempts).toMatchObject([{ responseStatus: 201, answer: 'Thank\ufffd you', error: null }])
  expect(log.map(({ id }) => receiver.received.findIndex(({ headers }) => headers['webhook-id'] === id))).toEqual([
    1, 0,
  ])
  expect(first.id).not.toBe(second.id)
  const page = await api.listWebhookDeliveries({ path: of(webhook), query: { limit: 1, status: 'delivered' } })
  const rest = { limit: 1, status: 'delivered' as const, cursor: page.nextCursor! }
  expect((await api.listWebhookDeliveries({ path: of(webhook), query: rest })).items).toEqual([log[1]])
  expect((await api.listWebhookDeliveries({ path: of(webhook), query: { status: 'failed' } })).items).toEqual([])
  await receiver.close()
})

test('each failed attempt is kept, says when the next one is, and the one that arrives ends it', async () => {
  let status = 503
  const receiver = await startReceiver(() => ({ status, body: 'Out of order' }))
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Later')
  await at.deliver(webhook)
  const [failed] = await at.logOf(webhook)
  expect(failed).toMatchObject({ status: 'failed', responseStatus: 503, attemptCount: 1, finishedAt: null })
  expect(failed!.nextAttemptAt).toBe((await api.getWebhook({ path: of(webhook) })).retryAt)
  status = 200
  world.setClock(failed!.nextAttemptAt!)
  await at.deliver(webhook)
  const after = await api.getWebhookDelivery({ path: { ...of(webhook), delivery: failed!.id } })
  expect(after).toMatchObject({ status: 'delivered', attemptCount: 2, nextAttemptAt: null })
  expect(after.attempts.map(({ responseStatus, answer }) => [responseStatus, answer])).toEqual([
    [503, 'Out of order'],
    [200, 'Out of order'],
  ])
  world.setClock(begin)
  await receiver.close()
})

test('where nobody answers, the log says why in words, and never to which address a name leads', async () => {
  const receiver = await startReceiver()
  await receiver.close()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Nobody')
  await at.deliver(webhook)
  expect((await at.logOf(webhook))[0]).toMatchObject({ error: 'not reached: ECONNREFUSED', responseStatus: null })
  const inside = await at.newWebhook('https://localhost.localdomain')
  const { error } = await api.pingWebhook({ path: of(inside) })
  expect(error).toMatch(/^localhost\.localdomain (has no address|leads to what is not an address)/)
  expect(error).not.toMatch(/127|::1/)
})

test('a webhook that is switched off for its failures gives up, and all admins are mailed why', async () => {
  const receiver = await startReceiver(() => 410)
  const before = (await mailsTo(world, world.acme.ada.email)).length
  const webhook = await at.gaveUp(receiver.url)
  const mails = (await mailsTo(world, world.acme.ada.email)).slice(before)
  expect(mails.map(({ subject }) => subject)).toEqual(['A webhook of Acme was switched off'])
  expect(mails[0]!.text).toContain('410 Gone')
  expect((await at.logOf(webhook))[0]).toMatchObject({ status: 'given_up', nextAttemptAt: null })
  await receiver.close()
})

test('a test event says what came back, signed like any other, and is in the log', async () => {
  const receiver = await startReceiver(() => ({ status: 418, body: 'I am a teapot' }))
  const webhook = await api.createWebhook({ path, body: { url: receiver.url, active: false } })
  const answer = await api.pingWebhook({ path: of(webhook) })
  expect(answer).toMatchObject({ action: 'webhook.ping', status: 'given_up', responseStatus: 418 })
  expect(answer.attempts).toMatchObject([{ answer: 'I am a teapot' }])
  const [post] = receiver.received as [Received]
  expect(post.headers['webhook-signature']).toBe(signatureOf(post, webhook))
  expect(JSON.parse(post.body)).toEqual({
    type: 'webhook.ping',
    timestamp: '2026-11-02T10:00:00.000Z',
    data: { webhookId: webhook.id },
  })
  expect(answer.request!.body).toBe(post.body)
  expect(await at.logOf(webhook)).toHaveLength(1)
  await receiver.close()
})

test('for a day after a rotation both secrets verify, then only the new one, and a second rotation ends the oldest', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  const second = await api.rotateWebhookSecret({ path: of(webhook) })
  expect(second.previousSecretUntil).toBe('2026-11-03T10:00:00.000Z')
  const ping = async () => {
    await api.pingWebhook({ path: of(webhook) })
    const post = receiver.received.at(-1)!
    return { post, signatures: String(post.headers['webhook-signature']).split(' ') }
  }
  const both = await ping()
  expect(both.signatures).toEqual([signatureOf(both.post, second), signatureOf(both.post, webhook)])
  const third = await api.rotateWebhookSecret({ path: of(webhook) })
  const newer = await ping()
  expect(newer.signatures).toEqual([signatureOf(newer.post, third), signatureOf(newer.post, second)])
  const stored = () =>
    world.superuser(`select previous_secret from ${world.acme.schema}.webhook where id = $1`, [webhook.id])
  expect((await stored())[0]!.previous_secret).toMatch(/^k1w:gAAAAA/)
  world.setClock('2026-11-03T10:00:00Z')
  const one = await ping()
  expect(one.signatures).toEqual([signatureOf(one.post, third)])
  expect((await api.getWebhook({ path: of(webhook) })).previousSecretUntil).toBeNull()
  await cleanUp(world.services, new AbortController().signal)
  expect((await stored())[0]!.previous_secret).toBeNull()
  world.setClock(begin)
  await receiver.close()
})

test('an endless answer counts by its status, and only its first KiB is kept', async () => {
  const receiver = await startReceiver(() => ({ status: 200, body: 'ä'.repeat(5_000_000) }))
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Long')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  expect(delivery!.status).toBe('delivered')
  const { attempts } = await api.getWebhookDelivery({ path: { ...of(webhook), delivery: delivery!.id } })
  expect(attempts[0]!.answer).toBe('ä'.repeat(512))
  await receiver.close()
})

test('the log of a webhook keeps no more than a thousand lines, 20 attempts of each, and 30 days', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  const { schema } = world.acme
  await world.superuser(
    `insert into ${schema}.webhook_delivery (webhook_id, id, action, status, attempts, attempt_count, created_at)
     select $1, gen_random_uuid(), 'task.created', 'delivered', '[]', 1, $2 from generate_series(1, 1500)`,
    [webhook.id, begin],
  )
  const count = async () => {
    const [row] = await world.superuser<{ n: string }>(
      `select count(*) n from ${schema}.webhook_delivery where webhook_id = $1`,
      [webhook.id],
    )
    return Number(row!.n)
  }
  await at.newTask('More')
  await at.deliver(webhook)
  expect(await count()).toBeLessThanOrEqual(1000)
  expect(await count()).toBeGreaterThanOrEqual(900)
  world.setClock('2026-12-02T10:00:01Z')
  await cleanUp(world.services, new AbortController().signal)
  expect(await count()).toBe(0)
  world.setClock(begin)
  const { id: delivery } = await api.pingWebhook({ path: of(webhook) })
  for (let i = 0; i < 24; i++) {
    await api.replayWebhookDelivery({ path: { ...of(webhook), delivery } })
    await at.replay(webhook)
  }
  const found = await api.getWebhookDelivery({ path: { ...of(webhook), delivery } })
  expect([found.attemptCount, found.attempts.length]).toEqual([25, 20])
  await receiver.close()
})

test('who may not read the whole history sees no deliveries, and another workspace none at all', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Hidden')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  const asked = { path: { ...of(webhook), delivery: delivery!.id } }
  const limits = { webhook: { read: 'all', write: 'all' } } as const
  const { token } = await api.createApiToken({ path, body: { name: 'Narrow', permissions: limits } })
  const narrow = createClient({ baseUrl: world.url, token })
  await narrow.getWebhook({ path: of(webhook) })
  for (const person of [narrow, world.acme.max.api, world.acme.mia.api]) {
    const refused = { status: 403 }
    await expect(person.listWebhookDeliveries({ path: of(webhook) })).rejects.toMatchObject(refused)
    await expect(person.getWebhookDelivery(asked)).rejects.toMatchObject(refused)
    await expect(person.replayWebhookDelivery(asked)).rejects.toMatchObject(refused)
    await expect(person.pingWebhook({ path: of(webhook) })).rejects.toMatchObject(refused)
  }
  const gina = world.globex.gina.api
  const there = { workspace: 'globex', webhook: webhook.id }
  await expect(gina.listWebhookDeliveries({ path: there })).rejects.toMatchObject({ status: 404 })
  await expect(gina.getWebhookDelivery({ path: { ...there, delivery: delivery!.id } })).rejects.toMatchObject({
    status: 404,
  })
  const other = await at.newWebhook(receiver.url)
  const wrong = { ...of(other), delivery: delivery!.id }
  await expect(api.getWebhookDelivery({ path: wrong })).rejects.toMatchObject({ status: 404 })
  await receiver.close()
})
