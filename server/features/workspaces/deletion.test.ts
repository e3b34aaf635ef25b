import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { finishDeleting } from '#server/features/workspaces/delete-workspace-for.ts'
import { countLeftOver } from '#server/features/workspaces/left-over.ts'
import { openEventStream } from '#tests/events/read-stream.ts'
import { type Browser, mailsTo, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let ada: Browser
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  ada = await signedInAs(world, world.acme.ada)
})
afterAll(() => world.close())

async function makeWorkspace(slug: string) {
  const { id } = await ada.api.createWorkspace({ body: { name: `The ${slug}`, slug } })
  const [row] = await world.superuser<{ schema: string }>('select schema from platform.workspace where id = $1', [id])
  return { id, slug, schema: row!.schema, path: { workspace: slug } }
}

test('a workspace whose deletion is asked for is closed at once, by cookie, by token and in open streams', async () => {
  const { path, slug } = await makeWorkspace('closed')
  const { token } = await ada.api.createApiToken({ path, body: { name: 'Script' } })
  const stream = await openEventStream(world.url, slug, { token })
  const { deleteAt } = await ada.api.deleteWorkspace({ path, query: { confirm: slug } })
  const days = Temporal.Now.instant().until(Temporal.Instant.from(deleteAt!)).total('hours') / 24
  expect(days).toBeCloseTo(30, 2)
  await stream.ended()
  const closed = { status: 403, code: 'workspace-closing' }
  await expect(ada.api.listProjects({ path })).rejects.toMatchObject(closed)
  await expect(ada.api.createProject({ path, body: { name: 'No' } })).rejects.toMatchObject(closed)
  const response = await fetch(`${world.url}/api/workspaces/${slug}/tasks`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  expect(response.status).toBe(403)
  expect((await ada.api.getWorkspace({ path })).deleteAt).toBe(deleteAt)
  expect((await ada.api.getMe({ path })).permissions.workspace.write).toBe('all')
  const { items } = await ada.api.listWorkspaces()
  expect(items.find(workspace => workspace.slug === slug)?.deleteAt).toBe(deleteAt)
  await expect(ada.api.createWorkspace({ body: { name: 'Other', slug } })).rejects.toMatchObject({ status: 409 })
})

test('until its day it can be kept, and everything is as it was; the history tells of both, and the admins are mailed', async () => {
  const { path, slug, schema } = await makeWorkspace('kept')
  const project = await ada.api.createProject({ path, body: { name: 'Still there' } })
  await ada.api.deleteWorkspace({ path, query: { confirm: slug } })
  expect((await ada.api.keepWorkspace({ path })).deleteAt).toBeNull()
  expect((await ada.api.keepWorkspace({ path })).deleteAt).toBeNull()
  expect((await ada.api.getProject({ path: { ...path, project: project.id } })).name).toBe('Still there')
  const events = await world.superuser<{ changes: Record<string, { from: unknown; to: unknown }> }>(
    `select changes from ${schema}.audit_event where action = 'workspace.updated' order by seq`,
  )
  expect(events.map(({ changes }) => [Object.keys(changes), changes.delete_at?.to === null])).toEqual([
    [['delete_at'], false],
    [['delete_at'], true],
  ])
  await expect
    .poll(async () => (await mailsTo(world, world.acme.ada.email)).map(mail => mail.subject))
    .toEqual(expect.arrayContaining([expect.stringMatching(/^The kept will be deleted on /), 'The kept stays']))
  await finishDeleting(world.services)
  expect((await ada.api.getWorkspace({ path })).slug).toBe(slug)
})

test('only who may write the workspace closes or keeps it, and nobody without repeating its slug', async () => {
  const path = { workspace: 'acme' }
  await expect(world.acme.max.api.deleteWorkspace({ path, query: { confirm: 'acme' } })).rejects.toMatchObject({
    status: 403,
  })
  await expect(world.acme.max.api.keepWorkspace({ path })).rejects.toMatchObject({ status: 403 })
  await expect(ada.api.deleteWorkspace({ path, query: { confirm: 'globex' } })).rejects.toMatchObject({ status: 422 })
})

test('on its day it goes with everything, which can be shown, and its slug used again inherits nothing', async () => {
  const { id, path, slug, schema } = await makeWorkspace('gone')
  await ada.api.createProject({ path, body: { name: 'Secret' } })
  const { token } = await ada.api.createApiToken({ path, body: { name: 'Script' } })
  await world.services.storage.keep({ id, schema }, uuid7(), Readable.from(['file']), 100)
  await world.services.jobs.add('read-events', { workspaceId: id }, { delayMs: 3_600_000 })
  expect(await countLeftOver(world.services, { id, schema })).toMatchObject({ schema: 1, login: 1, files: 1 })
  const { deleteAt } = await ada.api.deleteWorkspace({ path, query: { confirm: slug } })
  const day = Temporal.Instant.from(deleteAt!)
  await deleteUntil(day.subtract({ seconds: 1 }))
  expect((await countLeftOver(world.services, { id, schema })).schema).toBe(1)
  await deleteUntil(day)
  const nothing = { schema: 0, login: 0, keys: 0, files: 0, jobs: 0, sessions: 0, memberships: 0 }
  expect(await countLeftOver(world.services, { id, schema })).toMatchObject(nothing)
  expect(existsSync(join(world.services.config.storageDir, schema))).toBe(false)
  const records = await world.superuser(
    `select left_over, slug_sha256 = sha256('gone') as same from platform.deleted_workspace where id = $1`,
    [id],
  )
  expect(records).toEqual([{ left_over: expect.objectContaining(nothing), same: true }])
  await expect(ada.api.getWorkspace({ path })).rejects.toMatchObject({ status: 404 })
  await ada.api.createWorkspace({ body: { name: 'Fresh', slug } })
  expect((await ada.api.listProjects({ path })).items).toEqual([])
  const response = await fetch(`${world.url}/api/workspaces/gone/me`, { headers: { Authorization: `Bearer ${token}` } })
  expect(response.status).toBe(401)
})

// The schedule at an hour of the application's clock; sessions go by the same clock, so it is set back at once.
async function deleteUntil(instant: Temporal.Instant): Promise<void> {
  const { clock } = world.services
  const now = clock.now()
  world.setClock(instant.toString())
  await finishDeleting(world.services)
  world.setClock(now.toString())
}
