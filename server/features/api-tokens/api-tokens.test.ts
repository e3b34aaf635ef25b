import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#client'
import { apiToken } from '#server/crypto/token.ts'
import { signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const as = (token: string) => createClient({ baseUrl: world.url, token })

test('a token is shown once, stored hashed, and works in its own workspace only', async () => {
  const browser = await signedInAs(world, world.acme.mia)
  const made = await browser.api.createApiToken({ path, body: { name: 'Laptop' } })
  expect(made.token).toMatch(/^kontor_pat_/)
  expect((await as(made.token).getMe({ path })).member.id).toBe(world.acme.mia.memberId)
  const { items } = await browser.api.listApiTokens({ path })
  expect(JSON.stringify(items)).not.toContain(made.token)
  expect(items.map(token => token.name)).toEqual(['tests', 'Laptop'])
  const [row] = await world.superuser<{ text: string }>(
    `select string_agg(t::text, '') as text from ${world.acme.schema}.api_token t`,
  )
  expect(row?.text).not.toContain(made.token)
  await expect(as(made.token).getMe({ path: { workspace: 'globex' } })).rejects.toMatchObject({ status: 401 })
})

test('a token with permissions does what it was given, and never more than its member may', async () => {
  const { ada } = world.acme
  const { token, permissions } = await ada.api.createApiToken({
    path,
    body: { name: 'Read', permissions: { project: { read: 'all' } } },
  })
  expect(permissions).toEqual({ project: { read: 'all' } })
  await as(token).listProjects({ path })
  await expect(as(token).createProject({ path, body: { name: 'No' } })).rejects.toMatchObject({ status: 403 })
  await expect(as(token).listMembers({ path })).rejects.toMatchObject({ status: 403 })
  expect((await as(token).getMe({ path })).permissions).toMatchObject({
    project: { read: 'all', write: 'none' },
    member: { write: 'none' },
  })
})

test('a token makes no token with more than itself, and none that outlives it', async () => {
  const { ada, mia } = world.acme
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const limits = { project: { read: 'all' as const } }
  const { token } = await ada.api.createApiToken({ path, body: { name: 'Narrow', permissions: limits, expiresAt } })
  await expect(
    as(token).createApiToken({ path, body: { name: 'Wide', permissions: { task: { read: 'all' } } } }),
  ).rejects.toMatchObject({ status: 403 })
  const later = new Date(Date.now() + 7_200_000).toISOString()
  await expect(as(token).createApiToken({ path, body: { name: 'Long', expiresAt: later } })).rejects.toMatchObject({
    status: 422,
    errors: [{ pointer: '/expiresAt' }],
  })
  expect(await as(token).createApiToken({ path, body: { name: 'Child' } })).toMatchObject({
    permissions: limits,
    expiresAt,
  })
  await expect(
    mia.api.createApiToken({ path, body: { name: 'Up', permissions: { member: { write: 'all' } } } }),
  ).rejects.toMatchObject({ status: 403 })
})

test('a narrowed token neither renames its member, nor leaves, nor revokes other tokens', async () => {
  const { tom } = world.acme
  const { token } = await tom.api.createApiToken({
    path,
    body: { name: 'Narrow', permissions: { project: { read: 'project' } } },
  })
  const self = { ...path, member: tom.memberId }
  await expect(as(token).updateMember({ path: self, body: { name: 'Gone' } })).rejects.toMatchObject({ status: 403 })
  await expect(as(token).deleteMember({ path: self })).rejects.toMatchObject({ status: 403 })
  const { items } = await tom.api.listApiTokens({ path })
  const [other, own] = [items.find(each => each.name === 'tests')!, items.find(each => each.name === 'Narrow')!]
  await expect(as(token).deleteApiToken({ path: { ...path, token: other.id } })).rejects.toMatchObject({ status: 403 })
  await as(token).deleteApiToken({ path: { ...path, token: own.id } })
})

test('a revoked or expired token is out with the next request', async () => {
  const { ada, max } = world.acme
  const first = await max.api.createApiToken({ path, body: { name: 'One' } })
  await as(first.token).getMe({ path })
  await ada.api.deleteApiToken({ path: { ...path, token: first.id } })
  await expect(as(first.token).getMe({ path })).rejects.toMatchObject({ status: 401 })
  await expect(ada.api.deleteApiToken({ path: { ...path, token: first.id } })).rejects.toMatchObject({ status: 404 })
  const second = await max.api.createApiToken({
    path,
    body: { name: 'Two', expiresAt: new Date(Date.now() + 60_000).toISOString() },
  })
  await as(second.token).getMe({ path })
  await world.superuser(`update ${world.acme.schema}.api_token set expires_at = now() where id = $1`, [second.id])
  await expect(as(second.token).getMe({ path })).rejects.toMatchObject({ status: 401 })
  await expect(
    max.api.createApiToken({ path, body: { name: 'Past', expiresAt: '2020-01-01T00:00:00Z' } }),
  ).rejects.toMatchObject({ status: 422 })
})

test('members see their own tokens, admins all of them', async () => {
  const { ada, mia, gus } = world.acme
  expect(new Set((await gus.api.listApiTokens({ path })).items.map(token => token.memberId))).toEqual(
    new Set([gus.memberId]),
  )
  expect((await ada.api.listApiTokens({ path })).items.map(token => token.memberId)).toContain(mia.memberId)
  const [adas] = (await ada.api.listApiTokens({ path })).items.filter(token => token.memberId === ada.memberId)
  await expect(mia.api.deleteApiToken({ path: { ...path, token: adas!.id } })).rejects.toMatchObject({ status: 404 })
})

test('an Idempotency-Key gives the same token back instead of another one', async () => {
  const call = { path, body: { name: 'Once' }, idempotencyKey: 'token-1' }
  const [first, second] = [await world.acme.max.api.createApiToken(call), await world.acme.max.api.createApiToken(call)]
  expect(second).toEqual(first)
})

test('one Idempotency-Key with another token gives nothing back: it may do less', async () => {
  const { ada } = world.acme
  const call = { path, body: { name: 'All that ada may' }, idempotencyKey: 'guessed' }
  await ada.api.createApiToken(call)
  const narrow = await ada.api.createApiToken({ path, body: { name: 'Narrow', permissions: { tag: { read: 'all' } } } })
  await expect(as(narrow.token).createApiToken(call)).rejects.toMatchObject({ code: 'idempotency-key-reused' })
})

test('what was made with a token is revoked with it, and what was made with that', async () => {
  const { tom } = world.acme
  const first = await tom.api.createApiToken({ path, body: { name: 'First' } })
  const second = await as(first.token).createApiToken({ path, body: { name: 'Second' } })
  const third = await as(second.token).createApiToken({ path, body: { name: 'Third' } })
  expect(third).toMatchObject({ madeWith: second.id, revokedAt: null })
  await tom.api.deleteApiToken({ path: { ...path, token: first.id } })
  for (const { token } of [first, second, third])
    await expect(as(token).getMe({ path })).rejects.toMatchObject({ status: 401 })
  expect((await tom.api.getMe({ path })).member.id).toBe(tom.memberId)
})

test('a token that makes others while it is revoked leaves none behind', async () => {
  const { max } = world.acme
  for (let round = 0; round < 10; round++) {
    const stolen = await max.api.createApiToken({ path, body: { name: 'Stolen' } })
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        as(stolen.token)
          .createApiToken({ path, body: { name: 'Child' } })
          .then(child => as(child.token).createApiToken({ path, body: { name: 'Grandchild' } }))
          .catch(error => error.status),
      ),
      max.api.deleteApiToken({ path: { ...path, token: stolen.id } }),
    ])
    expect(answers.filter(answer => typeof answer === 'number').every(status => status === 401)).toBe(true)
    const left = (await max.api.listApiTokens({ path })).items.filter(token => /child/i.test(token.name))
    expect(left).toEqual([])
  }
})

test('a role that shrinks takes from the tokens of its members at once', async () => {
  const { ada, mia } = world.acme
  const { items: roles } = await ada.api.listRoles({ path })
  const member = roles.find(role => role.builtin === 'member')!
  const role = await ada.api.createRole({
    path,
    body: { name: 'Keeper', permissions: { ...member.permissions, tag: { ...member.permissions.tag, delete: 'all' } } },
  })
  const tag = await ada.api.createTag({ path, body: { name: 'kept' } })
  await ada.api.updateMember({ path: { ...path, member: mia.memberId }, body: { roleId: role.id } })
  const made = await mia.api.createApiToken({
    path,
    body: { name: 'Tags', permissions: { tag: { read: 'all', delete: 'all' } } },
  })
  expect((await as(made.token).getMe({ path })).permissions.tag.delete).toBe('all')
  await ada.api.updateRole({ path: { ...path, role: role.id }, body: { permissions: member.permissions } })
  await expect(as(made.token).deleteTag({ path: { ...path, tag: tag.id } })).rejects.toMatchObject({ status: 403 })
  expect((await as(made.token).getMe({ path })).permissions.tag.delete).toBe('none')
})

test('the tokens of a deactivated member are out with the next request', async () => {
  const { ada, tom } = world.acme
  const made = await tom.api.createApiToken({ path, body: { name: 'Script' } })
  await as(made.token).getMe({ path })
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { active: false } })
  await expect(as(made.token).getMe({ path })).rejects.toMatchObject({ status: 401 })
  await expect(as(made.token).createTag({ path, body: { name: 'No' } })).rejects.toMatchObject({ status: 401 })
})

test('a token ends by the clock of the database, whatever the clock of the server says', async () => {
  const { max } = world.acme
  const body = { name: 'Brief', expiresAt: new Date(Date.now() + 60_000).toISOString() }
  world.setClock('2020-01-01T00:00:00Z')
  const early = await max.api.createApiToken({ path, body })
  await expect(
    max.api.createApiToken({ path, body: { ...body, expiresAt: '2020-06-01T00:00:00Z' } }),
  ).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/expiresAt' }] })
  world.setClock('2040-01-01T00:00:00Z')
  await as(early.token).getMe({ path })
  world.setClock(new Date().toISOString())
})

test('a made-up token learns nothing of a workspace that is set aside, being made or being deleted', async () => {
  const ask = async (token: string, workspace: string) => {
    const answer = await fetch(`${world.url}/api/workspaces/${workspace}/me`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    const { requestId: _, ...body } = (await answer.json()) as { requestId: string }
    return { status: answer.status, retryAfter: answer.headers.get('Retry-After'), body }
  }
  const unknown = await ask(apiToken(), 'nowhere')
  expect(unknown.status).toBe(401)
  for (const status of ['creating', 'active', 'broken', 'deleting']) {
    await world.superuser('update platform.workspace set status = $1 where slug = $2', [status, 'globex'])
    expect(await ask(apiToken(), 'globex'), status).toEqual(unknown)
    expect(await ask(world.acme.ada.token, 'globex'), status).toEqual(unknown)
  }
  await world.superuser("update platform.workspace set status = 'broken' where slug = 'globex'")
  expect(await ask(world.globex.gina.token, 'globex')).toMatchObject({ status: 503, retryAfter: '5' })
})
