import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { deliverSettled } from '#tests/events/read-settled.ts'
import { startReceiver } from '#tests/events/receiver.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: 'http://localhost:8080' } })
  await world.prepareQueue()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

const deliver = (id: string) => deliverSettled(world, 'integration', id)

async function newRoom(kind: 'slack' | 'mattermost' | 'teams') {
  const receiver = await startReceiver(() => 200)
  const body = {
    kind,
    name: `#${kind}`,
    url: `${receiver.url}?key=very-secret`,
    actions: ['task.created' as const, 'task.updated' as const],
  }
  const room = await world.acme.ada.api.createIntegration({ path, body })
  return { receiver, room }
}

test('a room is told in a sentence who did what, with a link to the task, in the format of its tool', async () => {
  const { mia } = world.acme
  const rooms = [await newRoom('slack'), await newRoom('mattermost'), await newRoom('teams')]
  const task = await mia.api.createTask({ path, body: { projectId, title: 'Choose a font' } })
  await mia.api.updateTask({ path: { ...path, task: task.id }, body: { status: 'doing' } })
  const said = []
  for (const { room, receiver } of rooms) {
    await deliver(room.id)
    expect(receiver.received).toHaveLength(2)
    said.push(JSON.parse(receiver.received[1]!.body))
    await receiver.close()
  }
  const url = `http://localhost:8080/w/acme/tasks/${task.id}`
  expect(said[0]).toEqual({ text: `Mia moved <${url}|${task.key}> *Choose a font* from To do to Doing` })
  const markdown = `Mia moved [${task.key.replace('-', '\\-')}](${url}) **Choose a font** from To do to Doing`
  expect(said[1]).toEqual({ text: markdown })
  expect(said[2].attachments[0].content.body).toEqual([{ type: 'TextBlock', text: markdown, wrap: true }])
})

test('what people write cannot become a mention, a link or markup in the room', async () => {
  const { mia } = world.acme
  const rooms = [await newRoom('slack'), await newRoom('mattermost')]
  await mia.api.createTask({
    path,
    body: { projectId, title: '<!channel> @here [x](https://evil.example) *b* & <https://evil.example|y>' },
  })
  const [slack, mattermost] = await Promise.all(
    rooms.map(async ({ room, receiver }) => {
      await deliver(room.id)
      await receiver.close()
      return JSON.parse(receiver.received[0]!.body).text as string
    }),
  )
  expect(slack).toContain('&lt;!channel&gt;')
  expect(slack!.match(/<[^|>]+\|/g)).toHaveLength(1)
  expect(mattermost!.match(/(?<!\\)\]\(/g)).toHaveLength(1)
  for (const text of [slack, mattermost]) expect(text).not.toMatch(/@here/)
})

test('the address is stored sealed and never shown again, only its host', async () => {
  const { room, receiver } = await newRoom('slack')
  const { ada, max } = world.acme
  const shown = await ada.api.getIntegration({ path: { ...path, integration: room.id } })
  expect(shown.host).toBe(new URL(receiver.url).host)
  const listed = await ada.api.listIntegrations({ path })
  const events = await ada.api.listAuditEvents({ path, query: { entity: 'integration' } })
  expect(JSON.stringify([room, shown, listed, events])).not.toContain('very-secret')
  const stored = await world.superuser(`select token from ${world.acme.schema}.integration where id = $1`, [room.id])
  expect(stored[0]!.token).toMatch(/^k1w:gAAAAA/)
  await expect(max.api.listIntegrations({ path })).rejects.toMatchObject({ status: 403 })
  const inside = ada.api.updateIntegration({
    path: { ...path, integration: room.id },
    body: { url: 'https://10.0.0.1/x' },
  })
  await expect(inside).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/url' }] })
  await receiver.close()
})

test('a room hears of what happens to accounts only where it was asked for, and then in a sentence', async () => {
  const { services, acme } = world
  const make = async (actions: 'member.signed_in'[]) => {
    const receiver = await startReceiver(() => 200)
    const room = await acme.ada.api.createIntegration({
      path,
      body: { kind: 'mattermost', name: 'ops', url: receiver.url, actions },
    })
    return { receiver, room }
  }
  const [all, named] = [await make([]), await make(['member.signed_in'])]
  const request = { address: '203.0.113.9', userAgent: '' }
  const event = { accountId: acme.mia.accountId, request, details: { method: 'password', newDevice: true } }
  await recordSecurityEvent(services, services.platform.db, { ...event, kind: 'signed_in' })
  await recordSecurityEvent(services, services.platform.db, { ...event, kind: 'sign_in_failed' })
  await tellSecurityEvents(services)
  for (const { room, receiver } of [all, named]) {
    await deliver(room.id)
    await receiver.close()
  }
  const said = ({ receiver }: typeof all) => receiver.received.map(({ body }) => JSON.parse(body).text)
  expect(said(named)).toEqual(['Mia signed in on a new device'])
  expect(said(all).filter(text => /sign/.test(text))).toEqual([])
})
