import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '#client'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { objectOf } from '#server/permissions/explain.ts'
import { actionsOf, type Resource, resources } from '#server/permissions/roles.ts'
import { columns } from '#tests/permissions/expected.ts'
import { type Column, createMatrixWorld, type MatrixWorld } from '#tests/permissions/matrix-world.ts'
import { makeOneOfEach, type OneOfEach } from '#tests/setup/one-of-each.ts'

let world: MatrixWorld
let whole: OneOfEach
beforeAll(async () => {
  world = await createMatrixWorld()
  whole = await makeOneOfEach(world, 'acme', world.acme.ada, world.zoe)
}, 60_000)
afterAll(() => world.close())

const path = { workspace: 'acme' }
type Ask = { resource: Resource; action: string; id?: string; member?: string }

/** Asked of the API by its address, because the query is what varies. */
async function explain(token: string, { resource, action, ...ids }: Ask) {
  const query = new URLSearchParams({ resource, action, ...ids })
  const answer = await fetch(`${world.url}/api/workspaces/acme/permissions/explain?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const questions = resources.flatMap(resource => actionsOf[resource].map(action => ({ resource, action })))

// What is done to find out whether it may be done; nothing changes, because a stale If-Match is looked at last.
const doing: Record<string, (id: string) => [method: string, path: string, body?: object]> = {
  'project.read': id => ['GET', `projects/${id}`],
  'project.write': id => ['PATCH', `projects/${id}`, { name: 'x' }],
  'task.read': id => ['GET', `tasks/${id}`],
  'task.create': id => ['POST', 'tasks', { projectId: id, title: 'x' }],
  'task.update': id => ['PATCH', `tasks/${id}`, { title: 'x' }],
  'task.delete': id => ['DELETE', `tasks/${id}`],
  'comment.read': id => ['GET', `comments/${id}`],
  'comment.create': id => ['POST', `tasks/${id}/comments`, { body: 'x' }],
  'comment.update': id => ['PATCH', `comments/${id}`, { body: 'x' }],
  'comment.delete': id => ['DELETE', `comments/${id}`],
  'attachment.read': id => ['GET', `attachments/${id}`],
  'attachment.create': id => ['POST', `tasks/${id}/attachments`],
  'attachment.delete': id => ['DELETE', `attachments/${id}`],
  'tag.read': id => ['GET', `tags/${id}`],
  'tag.update': id => ['PATCH', `tags/${id}`, { name: 'x' }],
  'tag.delete': id => ['DELETE', `tags/${id}`],
  'time_entry.read': id => ['GET', `time-entries/${id}`],
  'time_entry.write': id => ['PATCH', `time-entries/${id}`, { note: 'x' }],
  'member.read': id => ['GET', `members/${id}`],
  'member.write': id => ['PATCH', `members/${id}`, { active: true }],
  'role.read': id => ['GET', `roles/${id}`],
  'role.write': id => ['DELETE', `roles/${id}`],
  'workspace.read': () => ['GET', ''],
  'workspace.write': () => ['PATCH', '', { name: 'Acme' }],
  'integration.read': id => ['GET', `integrations/${id}`],
  'integration.write': id => ['DELETE', `integrations/${id}`],
  'webhook.read': id => ['GET', `webhooks/${id}`],
  'webhook.write': id => ['DELETE', `webhooks/${id}`],
  'audit.read': id => ['GET', `audit-events/${id}`],
}

async function mayDo(token: string, question: Ask): Promise<boolean> {
  const [method, route, body] = doing[`${question.resource}.${question.action}`]!(question.id!)
  // An attachment has no version: whether it may be deleted shows on one that goes.
  const form = question.action === 'create' && question.resource === 'attachment' ? new FormData() : undefined
  form?.append('file', new Blob(['text']), 'x.txt')
  const answer = await fetch(`${world.url}/api/workspaces/acme${route && `/${route}`}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(method === 'GET' || method === 'POST' ? {} : { 'If-Match': '"999999"' }),
    },
    ...(form ? { body: form } : body ? { body: JSON.stringify(body) } : {}),
  })
  await answer.body?.cancel()
  expect([200, 201, 204, 403, 404, 409, 412]).toContain(answer.status)
  return answer.status !== 403 && answer.status !== 404
}

/** The objects that a question can be about for somebody, one for each relation to them. */
function objectsFor(question: Ask, column: Column): string[] {
  const { resource } = objectOf(question)!
  const kinds: Record<string, string> = { time_entry: 'entry', audit: 'event' }
  const things = world.things[column][kinds[resource] ?? resource]
  if (things) return [...new Set(Object.values(things))]
  if (resource === 'workspace') return [world.acme.id]
  return [whole[resource as keyof OneOfEach]]
}

test('every permission with an object is tried', () => {
  const withObject = questions
    .filter(question => objectOf(question))
    .map(({ resource, action }) => `${resource}.${action}`)
  expect(Object.keys(doing).toSorted()).toEqual(withObject.toSorted())
})

describe.each(columns)('for a %s', column => {
  // Deleting an attachment comes last of its kind: it cannot be refused by a version.
  test.each(
    questions
      .filter(question => objectOf(question))
      .map(question => [`${question.resource}.${question.action}`, question] as const),
  )('what is explained of %s is what happens, whoever asks', async (_, question) => {
    const person = world.people[column]
    for (const id of objectsFor(question, column)) {
      const asked = { ...question, id, member: person.memberId }
      const { status, body } = await explain(world.zoe.token, asked)
      expect(status).toBe(200)
      const own = await explain(person.token, { ...question, id })
      if (own.status === 200) expect(own.body).toEqual(body)
      else expect(own.status).toBe(404)
      const may = await mayDo(person.token, asked)
      expect({ id, allowed: body.allowed, rule: body.rule }).toEqual({ id, allowed: may, rule: body.rule })
      const grants = ['all', 'project', 'own', 'self']
      expect(grants.includes(body.rule as string)).toBe(may)
      expect(body.reason).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('without an object, the answer is the scope of the role', async () => {
    const { permissions, role } = await world.people[column].api.getMe({ path })
    for (const question of questions) {
      const { body } = await explain(world.people[column].token, question)
      const scope = (permissions[question.resource] as Record<string, string>)[question.action]
      expect(body).toMatchObject({ scope, role: { id: role.id, name: role.name }, allowed: scope !== 'none' })
    }
  })
})

test('the rule and the facts say why', async () => {
  const { mia, gus } = world.acme
  const { other, viewed, own, assigned } = world.things.member.task!
  const ask = async (member: string, id: string | undefined, action = 'read') =>
    (await explain(world.zoe.token, { resource: 'task', action, id: id!, member })).body
  expect(await ask(mia.memberId, own)).toMatchObject({ allowed: true, scope: 'project', rule: 'own' })
  expect(await ask(mia.memberId, other)).toEqual({
    allowed: false,
    memberId: mia.memberId,
    role: { id: expect.any(String), name: 'Member' },
    scope: 'project',
    rule: 'not-in-project',
    reason:
      'The role Member may read only a task in a project that names them or, except for guests, is open to everyone, ' +
      'which this is not.',
    facts: [
      { fact: 'guest', holds: false },
      { fact: 'creator', holds: false },
      { fact: 'assignee', holds: false },
      { fact: 'viewer', holds: false },
      { fact: 'project-member', holds: false },
      { fact: 'private-project', holds: true },
    ],
  })
  expect(await ask(mia.memberId, viewed)).toMatchObject({ allowed: true, rule: 'own' })
  expect(await ask(mia.memberId, viewed, 'update')).toMatchObject({ allowed: false, rule: 'not-in-project' })
  expect(await ask(mia.memberId, assigned, 'delete')).toMatchObject({ allowed: true, rule: 'own' })
  expect(await ask(mia.memberId, other, 'update')).toMatchObject({ allowed: false, rule: 'unreadable' })
  expect(await ask(gus.memberId, world.things.guest.task!.other)).toMatchObject({ rule: 'not-own' })
  expect(await ask(gus.memberId, own, 'update')).toMatchObject({ rule: 'role', scope: 'none' })
  const comment = { resource: 'comment', action: 'read', member: gus.memberId } as const
  const { body } = await explain(world.zoe.token, { ...comment, id: world.things.guest.comment!.other! })
  expect(body).toMatchObject({ rule: 'task', reason: 'It goes with its task, which Gus may not read.' })
})

test('of another member, only who may change members is told; of themselves, everyone', async () => {
  const { mia, tom, ada } = world.acme
  const question = { resource: 'task', action: 'read' } as const
  expect((await explain(mia.token, { ...question, member: mia.memberId })).status).toBe(200)
  for (const person of ['manager', 'member', 'guest', 'dispatcher'] as const)
    expect((await explain(world.people[person].token, { ...question, member: ada.memberId })).status).toBe(403)
  expect((await explain(ada.token, { ...question, member: tom.memberId })).status).toBe(200)
  expect((await explain(ada.token, { ...question, member: world.globex.gina.memberId })).status).toBe(404)
})

test('an object that the caller may not read is as unknown as any other, of whomever it is asked', async () => {
  const { mia, ada } = world.acme
  const unknown = await explain(ada.token, { resource: 'task', action: 'read', id: uuid7() })
  const hidden = await explain(mia.token, { resource: 'task', action: 'read', id: world.things.member.task!.other! })
  expect(unknown.status).toBe(404)
  const { requestId: _, ...same } = unknown.body
  expect(hidden).toMatchObject({ status: 404, body: same })
})

test('a question that means nothing is refused with the field that is wrong', async () => {
  const { ada } = world.acme
  const wrong = async (question: Record<string, string>) => (await explain(ada.token, question as Ask)).body
  expect(await wrong({ resource: 'project', action: 'delete' })).toMatchObject({
    status: 400,
    errors: [{ pointer: '/query/action' }],
  })
  expect(await wrong({ resource: 'tag', action: 'create', id: uuid7() })).toMatchObject({
    status: 400,
    errors: [{ pointer: '/query/id' }],
  })
  expect(await wrong({ resource: 'api_token', action: 'read' })).toMatchObject({ status: 400 })
})

test('asked with a token, the answer is what the token may, and says when the role would allow it', async () => {
  const { mia, ada } = world.acme
  const id = world.things.member.task!.own!
  const { token } = await mia.api.createApiToken({
    path,
    body: { name: 'Reads', permissions: { task: { read: 'own' } } },
  })
  const ask = async (action: string) => (await explain(token, { resource: 'task', action, id })).body
  expect(await ask('read')).toMatchObject({ allowed: true, scope: 'own', rule: 'own' })
  expect(await ask('update')).toMatchObject({ allowed: false, scope: 'none', rule: 'token' })
  expect((await explain(token, { resource: 'audit', action: 'read' })).body).toMatchObject({ rule: 'role' })
  const narrow = await ada.api.createApiToken({
    path,
    body: { name: 'Narrow', permissions: { task: { read: 'all' } } },
  })
  expect((await explain(narrow.token, { resource: 'task', action: 'read', member: mia.memberId })).status).toBe(403)
})

test('what takes a second permission says so', async () => {
  const { ada } = world.acme
  const { permissions } = await ada.api.getMe({ path })
  const role = await ada.api.createRole({
    path,
    body: { name: 'Connector', permissions: { ...permissions, audit: { read: 'project', export: 'none' } } },
  })
  const { token, memberId } = world.acme.max
  await ada.api.updateMember({ path: { ...path, member: memberId }, body: { roleId: role.id } })
  expect((await explain(token, { resource: 'webhook', action: 'write' })).body).toMatchObject({
    allowed: false,
    scope: 'all',
    rule: 'audit',
  })
  expect((await explain(token, { resource: 'webhook', action: 'write', id: whole.webhook })).body).toMatchObject({
    rule: 'audit',
  })
  const admin = await explain(token, { resource: 'member', action: 'write', id: ada.memberId })
  expect(admin.body).toMatchObject({ allowed: false, rule: 'beyond-own' })
  const api = createClient({ baseUrl: world.url, token })
  const demote = api.updateMember({ path: { ...path, member: ada.memberId }, body: { roleId: role.id } })
  await expect(demote).rejects.toMatchObject({ status: 403 })
})

test('a deactivated member may do nothing', async () => {
  const { ada, tom } = world.acme
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { active: false } })
  const ask = { resource: 'task', action: 'read', member: tom.memberId } as const
  for (const question of [ask, { ...ask, id: world.things.dispatcher.task!.own! }])
    expect((await explain(ada.token, question)).body).toMatchObject({
      allowed: false,
      rule: 'deactivated',
      scope: 'none',
    })
  expect((await explain(ada.token, { ...ask, id: uuid7() })).status).toBe(404)
})
