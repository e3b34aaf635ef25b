import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEventStream } from '#tests/events/read-stream.ts'
import { type Browser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type Person, password, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

const follow = (browser: Browser) => openEventStream(world.url, 'acme', { cookie: browser.cookie()! })
type Stream = Awaited<ReturnType<typeof follow>>

async function endsInASecond(stream: Stream, cause: () => Promise<unknown>): Promise<void> {
  await cause()
  const started = performance.now()
  await stream.ended()
  expect(performance.now() - started).toBeLessThan(1000)
}

async function giveRole({ memberId }: Person, name: string): Promise<void> {
  const { ada } = world.acme
  const role = (await ada.api.listRoles({ path })).items.find(each => each.name === name)!
  await ada.api.updateMember({ path: { ...path, member: memberId }, body: { roleId: role.id } })
}

/** All that comes until the event of a task. */
async function until(stream: Stream, taskId: string) {
  const events = [(await stream.next()).event]
  while (events.at(-1)!.taskId !== taskId) events.push((await stream.next()).event)
  return events
}

test('a stream ends within a second of its session: ended alone, with all others, or by a new password', async () => {
  const here = await signedInAs(world, world.acme.mia)
  const causes = [
    async () => {
      const other = (await here.api.listSessions()).items.find(each => !each.current)!
      await here.api.endSession({ path: { session: other.id } })
    },
    () => here.api.endOtherSessions(),
    () =>
      here.api.changePassword({ body: { currentPassword: password, password: 'quiet otters repaint lighthouses' } }),
  ]
  const own = await follow(here)
  for (const cause of causes.slice(0, 2)) {
    await endsInASecond(await follow(await signedInAs(world, world.acme.mia)), cause)
  }
  await endsInASecond(await follow(await signedInAs(world, world.acme.mia)), causes[2]!)
  const task = await world.acme.ada.api.createTask({ path, body: { projectId, title: 'Goes on' } })
  expect((await until(own, task.id)).length).toBeGreaterThan(0)
  own.close()
})

test('a stream ends within a second of its session’s last moment', async () => {
  world.setClock('2026-11-20T09:00:00Z')
  const stream = await follow(await signedInAs(world, world.acme.max))
  await endsInASecond(stream, async () => world.setClock('2026-12-20T09:00:00Z'))
})

test('a stream that stays open does not keep a session alive that nobody uses', async () => {
  world.setClock('2026-11-20T09:00:00Z')
  const stream = await follow(await signedInAs(world, world.acme.max))
  world.setClock('2026-11-30T09:00:00Z')
  const task = await world.acme.ada.api.createTask({ path, body: { projectId, title: 'Looked at by nobody' } })
  await until(stream, task.id)
  await endsInASecond(stream, async () => world.setClock('2026-12-04T09:00:00Z'))
})

test('a member who is deactivated is out within a second, open streams included', async () => {
  const browser = await signedInAs(world, world.acme.tom)
  const member = { ...path, member: world.acme.tom.memberId }
  await endsInASecond(await follow(browser), () =>
    world.acme.ada.api.updateMember({ path: member, body: { active: false } }),
  )
  await expect(browser.api.getMe({ path })).rejects.toMatchObject({ status: 404 })
  // They are signed in still: other workspaces of theirs are none of this one's business.
  await browser.api.getSession()
  await world.acme.ada.api.updateMember({ path: member, body: { active: true } })
  await browser.api.getMe({ path })
})

test('a role that is taken counts for the next request and on an open stream, which goes on with what is left', async () => {
  const { ada, tom } = world.acme
  const browser = await signedInAs(world, tom)
  const stream = await follow(browser)
  const seen = await ada.api.createTask({ path, body: { projectId, title: 'As a member' } })
  await until(stream, seen.id)
  await giveRole(tom, 'Guest')
  await expect(browser.api.getTask({ path: { ...path, task: seen.id } })).rejects.toMatchObject({ status: 404 })
  const hidden = await ada.api.createTask({ path, body: { projectId, title: 'Not for guests' } })
  const viewerIds = [tom.memberId]
  const shown = await ada.api.createTask({ path, body: { projectId, title: 'As a viewer', viewerIds } })
  const started = performance.now()
  const events = await until(stream, shown.id)
  expect(performance.now() - started).toBeLessThan(1000)
  expect(events.map(event => event.taskId)).not.toContain(hidden.id)
  await giveRole(tom, 'Manager')
  const open = await ada.api.createTask({ path, body: { projectId, title: 'As a manager' } })
  await until(stream, open.id)
  stream.close()
})

test('somebody who is removed from the workspace is out within a second, open streams included', async () => {
  const browser = await signedInAs(world, world.acme.gus)
  await endsInASecond(await follow(browser), () =>
    world.acme.ada.api.deleteMember({ path: { ...path, member: world.acme.gus.memberId } }),
  )
  await expect(browser.api.getMe({ path })).rejects.toMatchObject({ status: 404 })
})
