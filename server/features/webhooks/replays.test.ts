import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { cleanUp } from '#server/jobs/clean-up.ts'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { type Received, startReceiver } from '#tests/events/receiver.ts'
import { begin, createWebhookWorld, of, signatureOf, type WebhookWorld } from '#tests/events/webhook-world.ts'
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

test('sending again posts the same event under the same id, with a signature of that moment', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Twice')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  world.setClock('2026-11-02T11:00:00Z')
  const asked = await api.replayWebhookDelivery({ path: { ...of(webhook), delivery: delivery!.id } })
  expect(asked).toMatchObject({ status: 'pending', nextAttemptAt: '2026-11-02T11:00:00.000Z' })
  await at.replay(webhook)
  const [first, second] = receiver.received as [Received, Received]
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
  expect(second.body).toBe(first.body)
  expect(second.headers['webhook-timestamp']).toBe(`${Date.parse('2026-11-02T11:00:00Z') / 1000}`)
  expect(second.headers['webhook-signature']).toBe(signatureOf(second, webhook))
  expect((await at.logOf(webhook))[0]).toMatchObject({ status: 'delivered', attemptCount: 2 })
  await at.replay(webhook)
  expect(receiver.received).toHaveLength(2)
  world.setClock(begin)
  await receiver.close()
})

test('with a worker running, what is asked for again arrives by itself', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('By itself')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  const worker = await startWorker(world.services, handlers as Parameters<typeof startWorker>[1])
  await api.replayWebhookDelivery({ path: { ...of(webhook), delivery: delivery!.id } })
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2)
  await worker.stop()
  await receiver.close()
})

test('a replay whose job was lost is found by the hourly clean-up', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Lost')
  await at.deliver(webhook)
  await world.superuser(`update ${world.acme.schema}.webhook_delivery set status = 'pending' where webhook_id = $1`, [
    webhook.id,
  ])
  await cleanUp(world.services, new AbortController().signal)
  const worker = await startWorker(world.services, handlers as Parameters<typeof startWorker>[1])
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2)
  await worker.stop()
  await receiver.close()
})

test('a worker killed between sending again and noting it leaves nothing pending: the job sends it once more', async () => {
  const { schema } = world.acme
  const receiver = await startReceiver(async (_, count) => {
    if (count === 2) await world.superuser(`revoke update on ${schema}.webhook_delivery from ${schema}`)
    return 200
  })
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Killed')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  await api.replayWebhookDelivery({ path: { ...of(webhook), delivery: delivery!.id } })
  await expect(at.replay(webhook)).rejects.toThrow()
  await world.superuser(`grant update on ${schema}.webhook_delivery to ${schema}`)
  expect((await at.logOf(webhook))[0]!.status).toBe('pending')
  await at.replay(webhook)
  expect((await at.logOf(webhook))[0]!.status).toBe('delivered')
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery!.id]))
  await receiver.close()
})

test('what the webhook is tried with anyway is tried at once when it is asked for', async () => {
  let status = 500
  const receiver = await startReceiver(() => status)
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Now')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  status = 200
  const asked = await api.replayWebhookDelivery({ path: { ...of(webhook), delivery: delivery!.id } })
  expect(asked).toMatchObject({ status: 'failed', nextAttemptAt: '2026-11-02T10:00:00.000Z' })
  await at.deliver(webhook)
  expect((await at.logOf(webhook))[0]).toMatchObject({ status: 'delivered', attemptCount: 2 })
  await receiver.close()
})

test('all that failed since a moment is sent again in order, and on request what arrived too', async () => {
  let status = 410
  const receiver = await startReceiver(() => status)
  const webhook = await at.gaveUp(receiver.url)
  const since = '2026-11-02T09:00:00Z'
  status = 200
  const later = { since: '2026-11-02T10:00:01Z' }
  expect(await api.replayWebhook({ path: of(webhook), body: later })).toEqual({ count: 0, more: false })
  expect(await api.replayWebhook({ path: of(webhook), body: { since } })).toEqual({ count: 1, more: false })
  await at.replay(webhook)
  expect((await at.logOf(webhook))[0]!.status).toBe('delivered')
  expect(await api.replayWebhook({ path: of(webhook), body: { since } })).toEqual({ count: 0, more: false })
  const all = await api.replayWebhook({ path: of(webhook), body: { since, delivered: true } })
  expect(all).toEqual({ count: 1, more: false })
  await at.replay(webhook)
  expect(receiver.received).toHaveLength(3)
  await receiver.close()
})

test('what is sent again and fails five times is given up together with what waits behind it', async () => {
  let status = 200
  const receiver = await startReceiver(() => status)
  const webhook = await at.newWebhook(receiver.url)
  for (const title of ['One', 'Two']) await at.newTask(title)
  await at.deliver(webhook)
  status = 500
  await api.replayWebhook({ path: of(webhook), body: { since: '2026-11-02T09:00:00Z', delivered: true } })
  const pauses: number[] = []
  for (let now = Date.parse(begin); ; ) {
    await at.replay(webhook)
    const waiting = (await at.logOf(webhook)).at(-1)!
    if (waiting.status !== 'pending') break
    pauses.push(Date.parse(waiting.nextAttemptAt!) - now)
    now = Date.parse(waiting.nextAttemptAt!)
    world.setClock(waiting.nextAttemptAt!)
  }
  expect(pauses).toEqual([5_000, 30_000, 120_000, 600_000])
  const log = await at.logOf(webhook)
  expect(log.map(({ status, attemptCount }) => [status, attemptCount])).toEqual([
    ['given_up', 1],
    ['given_up', 6],
  ])
  world.setClock(begin)
  await receiver.close()
})

test('what has left the history is told as gone, and nothing is sent while a webhook is off', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Off')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  const asked = { path: { ...of(webhook), delivery: delivery!.id } }
  await api.updateWebhook({ path: of(webhook), body: { active: false } })
  const off = { status: 409, code: 'webhook-off' }
  await expect(api.replayWebhookDelivery(asked)).rejects.toMatchObject(off)
  const body = { since: '2026-11-02T09:00:00Z' }
  await expect(api.replayWebhook({ path: of(webhook), body })).rejects.toMatchObject(off)
  await api.updateWebhook({ path: of(webhook), body: { active: true } })
  const gone = uuid7()
  await world.superuser(`update ${world.acme.schema}.webhook_delivery set id = $1 where id = $2`, [gone, delivery!.id])
  const path = { ...of(webhook), delivery: gone }
  await expect(api.replayWebhookDelivery({ path })).rejects.toMatchObject({
    status: 410,
    code: 'event-gone',
  })
  expect((await api.getWebhookDelivery({ path })).request).toBeNull()
  await receiver.close()
})

test('a webhook switched off while something waits to be sent again gives that up', async () => {
  const receiver = await startReceiver()
  const webhook = await at.newWebhook(receiver.url)
  await at.newTask('Waiting')
  await at.deliver(webhook)
  const [delivery] = await at.logOf(webhook)
  await api.replayWebhookDelivery({ path: { ...of(webhook), delivery: delivery!.id } })
  await api.updateWebhook({ path: of(webhook), body: { active: false } })
  await at.replay(webhook)
  expect((await at.logOf(webhook))[0]!.status).toBe('given_up')
  expect(receiver.received).toHaveLength(1)
  await receiver.close()
})
