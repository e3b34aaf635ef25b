import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteWorkspaceNow } from '#server/features/workspaces/delete-workspace-for.ts'
import { changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { catchUpMarked, finishDeleting } from '#server/features/workspaces/index.ts'
import { setPlan } from '#server/features/workspaces/set-plan.ts'
import { suggestSlug } from '#server/features/workspaces/workspace.ts'
import { type Browser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let ada: Browser
beforeAll(async () => {
  world = await createWorld()
  ada = await signedInAs(world, world.acme.ada)
})
afterAll(() => world.close())

const rowOf = async (id: string) => {
  const [row] = await world.superuser<{
    schema: string
    status: string
    slug: string
    name: string
    provisioning: string | null
  }>('select * from platform.workspace where id = $1', [id])
  return row
}

test('a slug is made of the name', () => {
  expect(['Blue Door', 'Café Société', 'Straße 7', '日本', '--', 'x'.repeat(99)].map(suggestSlug)).toEqual([
    'blue-door',
    'cafe-societe',
    'strasse-7',
    'workspace',
    'workspace',
    'x'.repeat(40),
  ])
})

test('a new workspace belongs to who made it, and to nobody else', async () => {
  const made = await ada.api.createWorkspace({ body: { name: 'Second', slug: 'second' } })
  expect(made).toMatchObject({ name: 'Second', slug: 'second', plan: 'starter' })
  expect((await ada.api.listWorkspaces()).items.map(workspace => workspace.slug)).toEqual(['acme', 'second'])
  expect(await ada.api.getWorkspace({ path: { workspace: 'second' } })).toMatchObject({
    id: made.id,
    auditRetentionDays: 90,
    version: 1,
  })
  const mia = await signedInAs(world, world.acme.mia)
  const [foreign, missing] = await Promise.all(
    ['second', 'nowhere'].map(workspace => mia.api.getWorkspace({ path: { workspace } }).catch(error => error)),
  )
  expect([foreign.status, foreign.message]).toEqual([404, missing.message])
})

test('a slug that is taken is refused; without one the next number is taken', async () => {
  await expect(ada.api.createWorkspace({ body: { name: 'Acme', slug: 'acme' } })).rejects.toMatchObject({
    status: 409,
    errors: [{ pointer: '/slug' }],
  })
  await expect(ada.api.createWorkspace({ body: { name: 'Acme', slug: 'Not a slug' } })).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/slug' }],
  })
  const [a, b] = await Promise.all([1, 2].map(() => ada.api.createWorkspace({ body: { name: 'Acme' } })))
  expect([a!.slug, b!.slug].sort()).toEqual(['acme-2', 'acme-3'])
})

test('a rename changes address and name at once, with an event in the name of who did it', async () => {
  await ada.api.createWorkspace({ body: { name: 'Old', slug: 'old' } })
  const before = await ada.api.getWorkspace({ path: { workspace: 'old' } })
  const after = await ada.api.updateWorkspace({
    path: { workspace: 'old' },
    body: { name: 'New', slug: 'new-name' },
    ifMatch: `"${before.version}"`,
  })
  expect(after).toMatchObject({ id: before.id, name: 'New', slug: 'new-name', version: before.version + 1 })
  await expect(ada.api.getWorkspace({ path: { workspace: 'old' } })).rejects.toMatchObject({ status: 404 })
  expect((await ada.api.listWorkspaces()).items.find(workspace => workspace.id === before.id)).toMatchObject({
    name: 'New',
    slug: 'new-name',
  })
  const { schema } = (await rowOf(before.id))!
  const events = await world.superuser(
    `select member_id is not null as named, changes -> 'slug' ->> 'to' as slug from ${schema}.audit_event where action = 'workspace.updated'`,
  )
  expect(events).toEqual([{ named: true, slug: 'new-name' }])
  await expect(
    ada.api.updateWorkspace({ path: { workspace: 'new-name' }, body: { slug: 'acme' } }),
  ).rejects.toMatchObject({ status: 409, errors: [{ pointer: '/slug' }] })
  await expect(
    ada.api.updateWorkspace({ path: { workspace: 'new-name' }, body: { name: 'X' }, ifMatch: '"1"' }),
  ).rejects.toMatchObject({ status: 412 })
  expect(await ada.api.getWorkspace({ path: { workspace: 'new-name' } })).toMatchObject({ name: 'New' })
})

test('a rename that was killed half way is finished by the schedule', async () => {
  const { id } = await ada.api.createWorkspace({ body: { name: 'Half', slug: 'half' } })
  await changeDirectory(world.services, id, { name: 'Whole', slug: 'whole' })
  expect((await ada.api.getWorkspace({ path: { workspace: 'whole' } })).name).toBe('Half')
  await catchUpMarked(world.services)
  expect(await ada.api.getWorkspace({ path: { workspace: 'whole' } })).toMatchObject({
    name: 'Whole',
    slug: 'whole',
    version: 2,
  })
  await catchUpMarked(world.services)
  expect((await ada.api.getWorkspace({ path: { workspace: 'whole' } })).version).toBe(2)
  expect((await rowOf(id))?.provisioning).toBeNull()
})

test('only who may write the workspace renames or deletes it', async () => {
  const { mia } = world.acme
  const path = { workspace: 'acme' }
  await expect(mia.api.updateWorkspace({ path, body: { name: 'Mine' } })).rejects.toMatchObject({ status: 403 })
  await expect(mia.api.deleteWorkspace({ path, query: { confirm: 'acme' } })).rejects.toMatchObject({ status: 403 })
  await expect(world.acme.ada.api.deleteWorkspace({ path, query: { confirm: 'globex' } })).rejects.toMatchObject({
    status: 422,
  })
})

test('a deletion that was killed is finished by the schedule, and lets nobody in until then', async () => {
  const { id } = await ada.api.createWorkspace({ body: { name: 'Killed', slug: 'killed' } })
  await world.superuser("update platform.workspace set status = 'deleting' where id = $1", [id])
  await expect(ada.api.getWorkspace({ path: { workspace: 'killed' } })).rejects.toMatchObject({ status: 404 })
  expect((await ada.api.listWorkspaces()).items.map(workspace => workspace.slug)).not.toContain('killed')
  await finishDeleting(world.services)
  expect(await rowOf(id)).toBeUndefined()
})

test('an operator sets the plan, with an audit event, and deletes by slug', async () => {
  const { id } = await ada.api.createWorkspace({ body: { name: 'Plan', slug: 'plan' } })
  await setPlan(world.services, 'plan', 'pro')
  expect(await ada.api.getWorkspace({ path: { workspace: 'plan' } })).toMatchObject({
    plan: 'pro',
    auditRetentionDays: 365,
  })
  expect((await ada.api.listWorkspaces()).items.find(workspace => workspace.id === id)?.plan).toBe('pro')
  const { schema } = (await rowOf(id))!
  const events = await world.superuser(
    `select changes -> 'plan' as plan from ${schema}.audit_event where action = 'workspace.updated'`,
  )
  expect(events).toEqual([{ plan: { from: 'starter', to: 'pro' } }])
  await deleteWorkspaceNow(world.services, 'plan')
  expect(await findWorkspaceBySlug(world.services, 'plan')).toBeUndefined()
  await expect(deleteWorkspaceNow(world.services, 'plan')).rejects.toMatchObject({ code: 'not-found' })
})

test('the same Idempotency-Key makes one workspace, however often and however parallel it is asked for', async () => {
  const browser = await signedInAs(world, world.acme.ada)
  const ask = () => browser.api.createWorkspace({ body: { name: 'Asked Thrice' }, idempotencyKey: 'one-workspace' })
  const answers = await Promise.all([ask(), ask(), ask()])
  expect(new Set(answers.map(answer => answer.id)).size).toBe(1)
  const { items } = await browser.api.listWorkspaces({})
  expect(items.filter(workspace => workspace.name === 'Asked Thrice')).toHaveLength(1)
})
