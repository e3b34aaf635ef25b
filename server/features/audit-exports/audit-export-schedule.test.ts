import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextTurn, type Rhythm } from '#server/features/audit-exports/audit-export-schedule.ts'
import { runAuditExport, runAuditSchedule, sweepAuditExports } from '#server/features/audit-exports/index.ts'
import { setPlan } from '#server/features/workspaces/set-plan.ts'
import { deliverSettled } from '#tests/events/read-settled.ts'
import { startReceiver } from '#tests/events/receiver.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let ada: Person
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: 'http://127.0.0.1:8123' } })
  await world.prepareQueue()
  ada = world.acme.ada
})
afterAll(() => world.close())

const turn = (every: Rhythm, hour: number, after: string) =>
  nextTurn({ every, hour }, Temporal.Instant.from(after)).toString()

test('a turn is at the local hour, on days of 23 and of 25 hours too', () => {
  expect(turn('daily', 3, '2026-11-23T08:00:00Z')).toBe('2026-11-24T02:00:00Z')
  expect(turn('daily', 3, '2026-11-24T01:59:59Z')).toBe('2026-11-24T02:00:00Z')
  expect(turn('daily', 3, '2026-11-24T02:00:00Z')).toBe('2026-11-25T02:00:00Z')
  // 02:30 happens twice on the first, and 02:00 not at all on the second.
  expect(turn('daily', 2, '2026-10-24T20:00:00Z')).toBe('2026-10-25T00:00:00Z')
  expect(turn('daily', 2, '2026-10-25T00:00:00Z')).toBe('2026-10-26T01:00:00Z')
  expect(turn('daily', 2, '2027-03-27T20:00:00Z')).toBe('2027-03-28T01:00:00Z')
  expect(turn('daily', 2, '2027-03-28T01:00:00Z')).toBe('2027-03-29T00:00:00Z')
})

test('a week’s turn is on Monday, a month’s on its first day', () => {
  expect(turn('weekly', 6, '2026-11-23T04:00:00Z')).toBe('2026-11-23T05:00:00Z')
  expect(turn('weekly', 6, '2026-11-23T05:00:00Z')).toBe('2026-11-30T05:00:00Z')
  expect(turn('monthly', 0, '2026-11-23T05:00:00Z')).toBe('2026-11-30T23:00:00Z')
  expect(turn('monthly', 0, '2027-01-31T05:00:00Z')).toBe('2027-01-31T23:00:00Z')
  expect(turn('monthly', 12, '2026-12-31T23:30:00Z')).toBe('2027-01-01T11:00:00Z')
})

const never = new AbortController().signal
const take = (scheduleId: string) => runAuditSchedule(world.services, { workspaceId: world.acme.id, scheduleId })

async function makeAll(schedule: string) {
  const { items } = await ada.api.listAuditExports({ path })
  const mine = items.filter(each => each.scheduleId === schedule).reverse()
  for (const { id } of mine) await runAuditExport(world.services, { workspaceId: world.acme.id, exportId: id }, never)
  return Promise.all(mine.map(({ id }) => ada.api.getAuditExport({ path: { ...path, export: id } })))
}

async function indexesIn(id: string): Promise<number[]> {
  const answer = await fetch(`${world.url}/api/workspaces/acme/audit-exports/${id}/content`, {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  const [, ...rows] = (await answer.text()).trimEnd().split('\r\n')
  return rows.map(row => Number(/^"(\d+)"/.exec(row)![1]))
}

test('each export of a schedule begins where the one before ended, whatever was missed and however often it is asked', async () => {
  world.setClock('2026-11-23T08:00:00Z')
  const { id } = await ada.api.createAuditExportSchedule({ path, body: { format: 'csv', every: 'daily', hour: 3 } })
  const change = () => ada.api.createTag({ path, body: { name: `tag ${Math.random()}` } })
  await take(id)
  expect(await makeAll(id)).toEqual([])
  world.setClock('2026-11-24T02:00:00Z')
  await change()
  await Promise.allSettled([take(id), take(id), take(id)])
  expect(await makeAll(id)).toHaveLength(1)
  // Off for a week: one export makes up for all turns.
  await change()
  world.setClock('2026-12-01T12:00:00Z')
  await take(id)
  await take(id)
  expect(await makeAll(id)).toHaveLength(2)
  await change()
  world.setClock('2026-12-02T02:00:00Z')
  await take(id)
  const made = await makeAll(id)
  expect(made.map(each => each.status)).toEqual(['done', 'done', 'done'])
  const all = (await Promise.all(made.map(each => indexesIn(each.id)))).flat()
  expect(all).toEqual(all.map((_, index) => index))
  expect(made.map(each => each.fromIndex)).toEqual([0, made[0]!.size, made[1]!.size])
  const schedule = await ada.api.getAuditExportSchedule({ path: { ...path, schedule: id } })
  expect(schedule).toMatchObject({ nextIndex: made[2]!.size, nextAt: '2026-12-03T02:00:00.000Z' })
  expect(made[2]!.expiresAt).toBe('2027-03-02T02:00:00.000Z')
  await ada.api.deleteAuditExportSchedule({ path: { ...path, schedule: id } })
})

test('a schedule rests while the plan does not include it, and misses nothing', async () => {
  world.setClock('2026-12-05T08:00:00Z')
  const { id } = await ada.api.createAuditExportSchedule({ path, body: { format: 'csv', every: 'daily', hour: 3 } })
  world.setClock('2026-12-06T02:00:00Z')
  await setPlan(world.services, 'acme', 'pro')
  await take(id)
  await setPlan(world.services, 'acme', 'business')
  expect(await makeAll(id)).toEqual([])
  world.setClock('2026-12-07T02:00:00Z')
  await take(id)
  expect(await makeAll(id)).toMatchObject([{ status: 'done', fromIndex: 0 }])
  await ada.api.deleteAuditExportSchedule({ path: { ...path, schedule: id } })
})

test('a turn whose job was lost is enqueued again by the clean-up', async () => {
  world.setClock('2026-12-08T08:00:00Z')
  const { id } = await ada.api.createAuditExportSchedule({ path, body: { format: 'csv', every: 'daily', hour: 3 } })
  const queued = () =>
    world.superuser(`select key from graphile_worker.jobs where key like $1`, [`audit-schedule/${id}/%`])
  expect(await queued()).toHaveLength(1)
  await world.superuser(`delete from graphile_worker._private_jobs where key like $1`, [`audit-schedule/${id}/%`])
  world.setClock('2026-12-09T05:00:00Z')
  await sweepAuditExports(world.services, { id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
  expect(await queued()).toHaveLength(1)
  await ada.api.deleteAuditExportSchedule({ path: { ...path, schedule: id } })
})

test('the webhook of a schedule, and no other, is told where the file is, and nothing of what is in it', async () => {
  world.setClock('2026-12-10T08:00:00Z')
  const receivers = await Promise.all([startReceiver(), startReceiver()])
  const [{ id: webhookId }, { id: other }] = await Promise.all([
    ada.api.createWebhook({ path, body: { url: receivers[0].url, actions: ['task.created'] } }),
    ada.api.createWebhook({ path, body: { url: receivers[1].url, actions: ['audit.export_ready'] } }),
  ])
  const { id } = await ada.api.createAuditExportSchedule({
    path,
    body: { format: 'csv', every: 'weekly', hour: 3, webhookId },
  })
  world.setClock('2026-12-14T02:00:00Z')
  await take(id)
  const [made] = await makeAll(id)
  const { items } = await ada.api.listAuditEvents({ path, query: { action: 'audit.export_ready' } })
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ memberId: null, job: 'audit-export' })
  expect(items[0]!.changes).toMatchObject({
    exportId: { to: made!.id },
    webhookId: { to: webhookId },
    sha256: { to: made!.sha256 },
    url: { to: `http://127.0.0.1:8123/api/workspaces/acme/audit-exports/${made!.id}/content` },
  })
  for (const webhook of [webhookId, other]) await deliverSettled(world, 'webhook', webhook)
  const [told, untold] = receivers.map(({ received }) => received.map(({ body }) => JSON.parse(body)))
  expect(told!.map(body => body.data)).toEqual(items)
  expect(untold).toEqual([])
  await Promise.all(receivers.map(receiver => receiver.close()))
  const unknown = await fetch(`${world.url}/api/workspaces/acme/audit-exports/${made!.id}/content`)
  expect(unknown.status).toBe(401)
})
