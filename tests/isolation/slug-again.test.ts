import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '#client'
import { finishDeleting } from '#server/features/workspaces/delete-workspace-for.ts'
import { type Browser, mailsTo, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const slug = 'again'
const path = { workspace: slug }
const guest = 'nora@elsewhere.example'
let world: World
let ada: Browser
let hugo: Browser
let api: Client
let token: string
let was: Awaited<ReturnType<typeof fill>>
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  ada = await signedInAs(world, world.acme.ada)
  hugo = await signedInAs(world, world.globex.hugo)
  await ada.api.createWorkspace({ body: { name: 'Again', slug } })
  token = (await ada.api.createApiToken({ path, body: { name: 'Script' } })).token
  api = createClient({ baseUrl: world.url, token })
  was = await fill()
  const { deleteAt } = await ada.api.deleteWorkspace({ path, query: { confirm: slug } })
  const { clock } = world.services
  const now = clock.now().toString()
  world.setClock(deleteAt!)
  await finishDeleting(world.services)
  world.setClock(now)
  await ada.api.createWorkspace({ body: { name: 'Again', slug } })
}, 60_000)
afterAll(() => world.close())

/** One of all that could be left behind, in a workspace with a second member and somebody who is invited. */
async function fill() {
  const { items: roles } = await ada.api.listRoles({ path })
  const roleId = roles.find(role => role.builtin === 'member')!.id
  await ada.api.createInvitation({ path, body: { email: world.globex.hugo.email, roleId } })
  await hugo.api.acceptInvitation({ path: { ...path, token: await linkTo(world.globex.hugo.email) }, body: {} })
  await ada.api.createInvitation({ path, body: { email: guest, roleId } })
  const { id: project } = await api.createProject({ path, body: { name: 'Plans', key: 'PLAN' } })
  const { id: task } = await api.createTask({ path, body: { projectId: project, title: 'Secret' } })
  await api.createTask({ path, body: { projectId: project, title: 'More' } })
  const form = new FormData()
  form.append('file', new Blob(['bytes']), 'note.txt')
  const { id: attachment } = await api.createAttachment({ path: { ...path, task }, form })
  const { id: tag } = await api.createTag({ path, body: { name: 'Red' }, idempotencyKey: 'one-tag' })
  const { nextCursor } = await api.listTasks({ path, query: { limit: 1 } })
  const { items } = await api.listAuditEvents({ path, query: { limit: 1 } })
  return { project, task, attachment, tag, cursor: nextCursor!, event: items[0]!.id, invitation: await linkTo(guest) }
}

async function linkTo(address: string): Promise<string> {
  const mail = (await mailsTo(world, address)).at(-1)!
  return mail.text.match(/\/join\/again\/([\w-]+)/)![1]!
}

test('a slug used again inherits nothing: no row, under its own id or in a list', async () => {
  const missing = { status: 404, code: 'not-found' }
  await expect(ada.api.getProject({ path: { ...path, project: was.project } })).rejects.toMatchObject(missing)
  await expect(ada.api.getTask({ path: { ...path, task: was.task } })).rejects.toMatchObject(missing)
  await expect(ada.api.getTag({ path: { ...path, tag: was.tag } })).rejects.toMatchObject(missing)
  await expect(ada.api.getAuditEvent({ path: { ...path, event: was.event } })).rejects.toMatchObject(missing)
  for (const list of ['listProjects', 'listTasks', 'listTags', 'listInvitations', 'listApiTokens'] as const)
    expect((await ada.api[list]({ path })).items, list).toEqual([])
  expect((await ada.api.search({ path, query: { q: 'Secret' } })).items).toEqual([])
})

test('a slug used again inherits nothing: no file, whoever knows its id', async () => {
  const content = ada.api.readAttachmentContent({ path: { ...path, attachment: was.attachment } })
  await expect(content).rejects.toMatchObject({ status: 404 })
})

test('a slug used again inherits nothing: no member, no token, no invitation', async () => {
  expect((await ada.api.listMembers({ path })).items.map(({ email }) => email)).toEqual([world.acme.ada.email])
  await expect(hugo.api.getMe({ path })).rejects.toMatchObject({ status: 404 })
  expect((await hugo.api.listWorkspaces()).items.map(workspace => workspace.slug)).not.toContain(slug)
  await expect(api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  const opened = world.anyone.getOpenInvitation({ path: { ...path, token: was.invitation } })
  await expect(opened).rejects.toMatchObject({ status: 404 })
})

test('a slug used again inherits nothing: no cursor, no Idempotency-Key, no number, no history', async () => {
  await expect(ada.api.listTasks({ path, query: { cursor: was.cursor } })).rejects.toMatchObject({ status: 400 })
  const fresh = createClient({
    baseUrl: world.url,
    token: (await ada.api.createApiToken({ path, body: { name: 'Script' } })).token,
  })
  const { id } = await fresh.createTag({ path, body: { name: 'Red' }, idempotencyKey: 'one-tag' })
  expect(id).not.toBe(was.tag)
  const project = await fresh.createProject({ path, body: { name: 'Plans', key: 'PLAN' } })
  const task = await fresh.createTask({ path, body: { projectId: project.id, title: 'First' } })
  expect(task.key).toBe('PLAN-1')
  const { items } = await fresh.listAuditEvents({ path, query: { limit: 200 } })
  expect(items.filter(event => JSON.stringify(event).includes('Secret'))).toEqual([])
})
