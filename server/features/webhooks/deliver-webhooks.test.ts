import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#client'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { deliverSettled } from '#tests/events/read-settled.ts'
import { startReceiver } from '#tests/events/receiver.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_TEST_CLOCK: '2026-11-02T10:00:00Z' } })
  await world.prepareQueue()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

const deliver = (id: string) => deliverSettled(world, 'webhook', id)
const webhookAt = (id: string) => world.acme.ada.api.getWebhook({ path: { ...path, webhook: id } })
const newTask = (title: string) => world.acme.mia.api.createTask({ path, body: { projectId, title } })

async function newWebhook(url: string, actions: ('task.created' | 'task.updated')[] = ['task.created']) {
  return world.acme.ada.api.createWebhook({ path, body: { url, actions } })
}

test('events arrive in order, signed as Standard Webhooks says, with the event as the API shows it', async () => {
  const receiver = await startReceiver()
  const webhook = await newWebhook(receiver.url)
  const tasks = [await newTask('One'), await newTask('Two'), await newTask('Three')]
  await deliver(webhook.id)
  const bodies = receiver.received.map(({ body }) => JSON.parse(body))
  expect(bodies.map(body => [body.type, body.data.entityId])).toEqual(tasks.map(task => ['task.created', task.id]))
  const { headers, body } = receiver.received[0]!
  const key = Buffer.from(webhook.secret.replace('whsec_', ''), 'base64')
  const expected = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${expected}`)
  expect(headers['webhook-id']).toBe(bodies[0].data.id)
  expect(headers['webhook-timestamp']).toBe(String(Date.parse('2026-11-02T10:00:00Z') / 1000))
  expect(bodies[0].data).toEqual(
    await world.acme.ada.api.getAuditEvent({ path: { ...path, event: bodies[0].data.id } }),
  )
  expect(await webhookAt(webhook.id)).toMatchObject({ lastStatus: '204', failures: 0, version: 1 })
  await deliver(webhook.id)
  expect(receiver.received).toHaveLength(3)
  await receiver.close()
})

test('what a killed worker had sent and not noted is sent again, with the same id, and nothing is lost', async () => {
  const { schema } = world.acme
  const receiver = await startReceiver(async (_, count) => {
    // The worker dies between the answer and the note: its connections go, and it may not note anything.
    if (count === 1) await world.superuser(`revoke update on ${schema}.webhook from ${schema}`)
    return 200
  })
  const webhook = await newWebhook(receiver.url)
  const tasks = [await newTask('Kept'), await newTask('Too')]
  await expect(deliver(webhook.id)).rejects.toThrow()
  await world.superuser(`grant update on ${schema}.webhook to ${schema}`)
  await deliver(webhook.id)
  expect(receiver.received.map(({ body }) => JSON.parse(body).data.entityId)).toEqual([
    tasks[0]!.id,
    tasks[0]!.id,
    tasks[1]!.id,
  ])
  expect(receiver.received[0]!.headers['webhook-id']).toBe(receiver.received[1]!.headers['webhook-id'])
  await receiver.close()
})

test('a failure is tried again later and later, in order, and after three days the webhook is switched off and says why', async () => {
  let status = 500
  const receiver = await startReceiver(() => status)
  const webhook = await newWebhook(receiver.url)
  const [first, second] = [await newTask('First'), await newTask('Second')]
  const pauses: number[] = []
  for (let now = Date.parse('2026-11-02T10:00:00Z'); ; ) {
    await deliver(webhook.id)
    const { active, retryAt, lastStatus } = await webhookAt(webhook.id)
    if (!active) break
    expect(lastStatus).toBe('answered 500')
    pauses.push(Date.parse(retryAt!) - now)
    const before = receiver.received.length
    await deliver(webhook.id)
    expect(receiver.received).toHaveLength(before)
    now = Date.parse(retryAt!)
    world.setClock(retryAt!)
  }
  const total = pauses.reduce((sum, pause) => sum + pause, 0)
  expect(pauses.slice(0, 3)).toEqual([5_000, 30_000, 120_000])
  expect(total / 86_400_000).toBeGreaterThan(2.9)
  expect((await webhookAt(webhook.id)).lastStatus).toBe('switched off after 15 failed attempts: answered 500')
  expect(new Set(receiver.received.map(({ body }) => JSON.parse(body).data.entityId))).toEqual(new Set([first.id]))
  status = 200
  await world.acme.ada.api.updateWebhook({ path: { ...path, webhook: webhook.id }, body: { active: true } })
  await deliver(webhook.id)
  expect(receiver.received.slice(-2).map(({ body }) => JSON.parse(body).data.entityId)).toEqual([first.id, second.id])
  await receiver.close()
})

test('failures count from the last success on, in the middle of a batch too', async () => {
  const answers = [500, 500, 200, 500]
  const receiver = await startReceiver((_, count) => answers[count - 1]!)
  const webhook = await newWebhook(receiver.url)
  for (const title of ['Fails twice', 'Fails once']) await newTask(title)
  await deliver(webhook.id)
  for (let step = 0; step < 2; step++) {
    world.setClock((await webhookAt(webhook.id)).retryAt!)
    await deliver(webhook.id)
  }
  expect(receiver.received).toHaveLength(4)
  expect((await webhookAt(webhook.id)).failures).toBe(1)
  await receiver.close()
})

test('a redirect is not followed, and 410 Gone switches the webhook off at once', async () => {
  let status = 302
  const receiver = await startReceiver(() => status)
  const webhook = await newWebhook(receiver.url)
  await newTask('Moved')
  await deliver(webhook.id)
  expect(receiver.received.map(({ path: asked }) => asked)).toEqual(['/hook'])
  expect((await webhookAt(webhook.id)).lastStatus).toBe('answered 302')
  status = 410
  await world.acme.ada.api.updateWebhook({ path: { ...path, webhook: webhook.id }, body: { active: true } })
  await deliver(webhook.id)
  expect(await webhookAt(webhook.id)).toMatchObject({
    active: false,
    lastStatus: 'switched off: the receiver answered 410 Gone',
  })
  await receiver.close()
})

test('the secret is shown once, stored sealed, and a new one signs from then on', async () => {
  const receiver = await startReceiver()
  const webhook = await newWebhook(receiver.url)
  expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(JSON.stringify(await webhookAt(webhook.id))).not.toContain('whsec_')
  const stored = await world.superuser(`select secret from ${world.acme.schema}.webhook where id = $1`, [webhook.id])
  expect(stored[0]!.secret).toMatch(/^k1w:gAAAAA/)
  const { secret } = await world.acme.ada.api.rotateWebhookSecret({ path: { ...path, webhook: webhook.id } })
  expect(secret).not.toBe(webhook.secret)
  await newTask('Rotated')
  await deliver(webhook.id)
  const { headers, body } = receiver.received[0]!
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const expected = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  expect(String(headers['webhook-signature']).split(' ')[0]).toBe(`v1,${expected}`)
  await receiver.close()
})

test('only those who may write webhooks see or make them, and an address inside the network is refused', async () => {
  const { ada, max, mia } = world.acme
  for (const person of [max, mia]) {
    await expect(person.api.listWebhooks({ path })).rejects.toMatchObject({ status: 403 })
    await expect(person.api.createWebhook({ path, body: { url: 'https://example.org' } })).rejects.toMatchObject({
      status: 403,
    })
  }
  for (const url of [
    'http://example.org',
    'https://169.254.169.254',
    'https://192.168.0.1',
    'https://example.org:22',
  ]) {
    await expect(ada.api.createWebhook({ path, body: { url } })).rejects.toMatchObject({
      status: 422,
      errors: [{ pointer: '/url' }],
    })
  }
})

test('nobody has a webhook told what they may not read themselves', async () => {
  const { ada } = world.acme
  const limits = { webhook: { read: 'all', write: 'all' }, integration: { read: 'all', write: 'all' } } as const
  const narrow = await ada.api.createApiToken({ path, body: { name: 'Deploys', permissions: limits } })
  const api = createClient({ baseUrl: world.url, token: narrow.token })
  const url = 'https://hooks.slack.com/services/T/B/X'
  await expect(api.createWebhook({ path, body: { url } })).rejects.toMatchObject({ status: 403 })
  const room = api.createIntegration({ path, body: { kind: 'slack', name: '#all', url } })
  await expect(room).rejects.toMatchObject({ status: 403 })
  const there = await ada.api.createWebhook({ path, body: { url, active: false } })
  const turned = api.updateWebhook({ path: { ...path, webhook: there.id }, body: { active: true } })
  await expect(turned).rejects.toMatchObject({ status: 403 })
  const wide = { ...limits, audit: { read: 'all' } } as const
  const { token } = await ada.api.createApiToken({ path, body: { name: 'Mirror', permissions: wide } })
  await createClient({ baseUrl: world.url, token }).createWebhook({ path, body: { url, active: false } })
})

test('with a worker running, a change reaches the receiver by itself', async () => {
  const receiver = await startReceiver()
  await newWebhook(receiver.url)
  const worker = await startWorker(world.services, handlers as Parameters<typeof startWorker>[1])
  const task = await newTask('By itself')
  await expect
    .poll(() => receiver.received.map(({ body }) => JSON.parse(body).data.entityId), { timeout: 10_000 })
    .toContain(task.id)
  await worker.stop()
  await receiver.close()
})
