import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealAll } from '#tests/setup/seal-all.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
afterAll(() => world.close())

test('an event names the member, the request and the token behind a change, and each field from and to', async () => {
  const { ada, mia } = world.acme
  const task = await mia.api.createTask({ path, body: { projectId, title: 'Choose a font' } })
  await mia.api.updateTask({ path: { ...path, task: task.id }, body: { status: 'doing' } })
  const { items } = await ada.api.listAuditEvents({ path, query: { taskId: task.id } })
  expect(items.map(event => event.action)).toEqual(['task.updated', 'task.created'])
  const [{ id: tokenId }] = (await world.superuser(
    `select id from ${world.acme.schema}.api_token where member_id = $1`,
    [mia.memberId],
  )) as [{ id: string }]
  expect(items[0]).toMatchObject({
    entityId: task.id,
    projectId,
    memberId: mia.memberId,
    tokenId,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    changes: { status: { from: 'todo', to: 'doing' } },
  })
  expect(await ada.api.getAuditEvent({ path: { ...path, event: items[0]!.id } })).toEqual(items[0])
})

test('filters narrow the list, and a word that is no entity and no action is refused', async () => {
  const { ada, tom } = world.acme
  const before = Temporal.Now.instant().toString()
  const task = await tom.api.createTask({ path, body: { projectId, title: 'Filter me' } })
  const list = async (query: Parameters<typeof ada.api.listAuditEvents>[0]['query']) =>
    (await ada.api.listAuditEvents({ path, query })).items.map(event => event.action)
  expect(await list({ entity: 'task', memberId: tom.memberId })).toEqual(['task.created'])
  expect(await list({ entityId: task.id })).toEqual(['task.created'])
  expect(await list({ since: before })).toEqual(['task.created'])
  expect(await list({ until: before, memberId: tom.memberId })).toEqual([])
  for (const query of ['entity=taks', 'action=task.renamed', 'since=yesterday', 'entty=task']) {
    const answer = await fetch(`${world.url}/api/workspaces/acme/audit-events?${query}`, {
      headers: { Authorization: `Bearer ${ada.token}` },
    })
    expect(answer.status, query).toBe(400)
  }
})

test('pages follow one another without gap or repetition, newest first', async () => {
  const { ada } = world.acme
  const all = (await ada.api.listAuditEvents({ path, query: { limit: 200 } })).items.map(event => event.id)
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const page = await ada.api.listAuditEvents({ path, query: { limit: 2, cursor } })
    paged.push(...page.items.map(event => event.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(paged).toEqual(all)
  expect(all).toEqual(all.toSorted().reverse())
})

test('the history of a deleted task stays, for those who may read the log and for nobody else', async () => {
  const { max, mia, gus } = world.acme
  const task = await mia.api.createTask({ path, body: { projectId, title: 'Short-lived' } })
  await mia.api.deleteTask({ path: { ...path, task: task.id } })
  const { items } = await max.api.listAuditEvents({ path, query: { taskId: task.id } })
  expect(items.map(event => event.action)).toEqual(['task.deleted', 'task.created'])
  expect(items[0]!.changes.title).toEqual({ from: 'Short-lived', to: null })
  for (const person of [mia, gus])
    await expect(person.api.listAuditEvents({ path })).rejects.toMatchObject({ status: 403 })
  await expect(mia.api.getAuditEvent({ path: { ...path, event: items[0]!.id } })).rejects.toMatchObject({ status: 403 })
  const foreign = world.globex.gina.api.getAuditEvent({ path: { workspace: 'globex', event: items[0]!.id } })
  await expect(foreign).rejects.toMatchObject({ status: 404 })
})

test('words, a changed field and a request find events before they are sealed and after, and nothing else', async () => {
  const { ada, mia } = world.acme
  const task = await mia.api.createTask({ path, body: { projectId, title: 'Order zwaluwstaart hinges' } })
  await mia.api.updateTask({ path: { ...path, task: task.id }, body: { estimateSeconds: 60 } })
  await mia.api.updateTask({ path: { ...path, task: task.id }, body: { title: 'Order brass hinges' } })
  const list = async (query: Parameters<typeof ada.api.listAuditEvents>[0]['query']) =>
    (await ada.api.listAuditEvents({ path, query })).items.map(event => event.action)
  const { items } = await ada.api.listAuditEvents({ path, query: { field: 'estimateSeconds' } })
  const { requestId } = items[0]!
  const expectAll = async () => {
    expect(await list({ q: 'zwaluwstaart' })).toEqual(['task.updated', 'task.created'])
    expect(await list({ q: 'hinges ZWALU' })).toEqual(['task.updated', 'task.created'])
    expect(await list({ q: 'zwaluwstaart', action: 'task.created' })).toEqual(['task.created'])
    expect(await list({ q: 'brass', memberId: mia.memberId, field: 'title' })).toEqual(['task.updated'])
    expect(await list({ q: 'brass', memberId: ada.memberId })).toEqual([])
    expect(await list({ field: 'estimateSeconds' })).toEqual(['task.updated'])
    expect(await list({ requestId: requestId! })).toEqual(['task.updated'])
    expect(await list({ q: task.id })).toEqual([])
    expect(await list({ q: `' & !` })).toEqual([])
  }
  await expectAll()
  await sealAll(world.services, { id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
  const [{ sealed }] = (await world.superuser(
    `select count(*)::int as sealed from ${world.acme.schema}.audit_leaf`,
  )) as [{ sealed: number }]
  expect(sealed).toBeGreaterThan(3)
  await expectAll()
})

test('pages of a filtered list follow one another without gap or repetition', async () => {
  const { ada } = world.acme
  const all = (await ada.api.listAuditEvents({ path, query: { entity: 'task', limit: 200 } })).items.map(e => e.id)
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const page = await ada.api.listAuditEvents({ path, query: { entity: 'task', limit: 2, cursor } })
    paged.push(...page.items.map(event => event.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(paged).toEqual(all)
  expect(all.length).toBeGreaterThan(4)
})
