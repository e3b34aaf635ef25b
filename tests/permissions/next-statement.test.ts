import Type from 'typebox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Feature, operation } from '#server/http/operation.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

// Held between two statements of one request, so that something can be taken away there.
let hold: { reached: () => void; goOn: Promise<void> } | undefined

const readTwice = operation({
  id: 'readTwice',
  summary: 'Read, wait, and read again',
  route: 'GET /api/workspaces/:workspace/twice',
  needs: { resource: 'project', action: 'read' },
  params: inWorkspace(),
  returns: object({ first: Type.Integer(), second: Type.Integer() }),
  async run({ db }) {
    const first = await db.rows('project').select('project.id').execute()
    const held = hold
    hold = undefined
    held?.reached()
    await held?.goOn
    const second = await db.rows('project').select('project.id').execute()
    return { first: first.length, second: second.length }
  },
})
const features: Feature[] = [{ name: 'twice', description: '', operations: [readTwice] }]

const path = { workspace: 'acme' }
let world: World
beforeEach(async () => {
  world = await createWorld({ features })
  const { ada, mia } = world.acme
  for (const name of ['One', 'Two']) await ada.api.createProject({ path, body: { name } })
  const { id: project } = await ada.api.createProject({ path, body: { name: 'Secret', private: true } })
  await ada.api.addProjectMember({ path: { ...path, project, member: mia.memberId } })
  await ada.api.addProjectMember({ path: { ...path, project, member: world.acme.gus.memberId } })
})
afterEach(() => world.close())

type Answer = { status: number; body: { first?: number; second?: number; type?: string } }

/** What a member is answered when this happens between the two statements of their request. */
async function answerWhen(token: string, change: () => Promise<unknown>): Promise<Answer> {
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  hold = { reached: reached.resolve, goOn: goOn.promise }
  const asked = fetch(`${world.url}/api/workspaces/acme/twice`, { headers: { authorization: `Bearer ${token}` } })
  await reached.promise
  await change()
  goOn.resolve()
  const response = await asked
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

const sqlOfAcme = (text: string, values: unknown[]) =>
  world.superuser(text.replaceAll('acme.', `${world.acme.schema}.`), values)

test('a role that gets to read something works on the next statement, though all it may do before is nothing', async () => {
  const { ada, mia } = world.acme
  const { items: roles } = await ada.api.listRoles({ path })
  const { permissions } = roles.find(({ builtin }) => builtin === 'member')!
  const none = Object.fromEntries(
    Object.entries(permissions).map(([resource, actions]) => [
      resource,
      Object.fromEntries(Object.keys(actions).map(action => [action, 'none'])),
    ]),
  ) as typeof permissions
  const { id: role } = await ada.api.createRole({ path, body: { name: 'Nothing', guest: false, permissions: none } })
  await ada.api.updateMember({ path: { ...path, member: mia.memberId }, body: { roleId: role } })
  const credential = { memberId: mia.memberId }
  const { id, schema } = world.acme
  const count = () =>
    world.services.workspaces.read({ id, slug: 'acme', schema, loginKey: 1 }, credential, async db => {
      const rows = await db.rows('project').select('project.id').execute()
      return rows.length
    })
  expect(await count()).toBe(0)
  await ada.api.updateRole({ path: { ...path, role }, body: { permissions } })
  expect(await count()).toBe(3)
})

test('revoking works on the next statement of a request that runs: a role that is taken', async () => {
  const { mia } = world.acme
  const guest = `(select id from acme.role where builtin = 'guest')`
  const answer = await answerWhen(mia.token, () =>
    sqlOfAcme(`update acme.member set role_id = ${guest} where id = $1`, [mia.memberId]),
  )
  // Asked anew with what is left, from its beginning: nothing of what was read before is told.
  expect(answer).toMatchObject({ status: 200, body: { first: 1, second: 1 } })
})

test('revoking works on the next statement of a request that runs: what a role may, which is taken from it', async () => {
  const { tom, ada } = world.acme
  const { permissions } = await tom.api.getMe({ path })
  const { id: roleId } = await ada.api.createRole({ path, body: { name: 'Reader', guest: false, permissions } })
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { roleId } })
  const answer = await answerWhen(tom.token, () =>
    ada.api.updateRole({
      path: { ...path, role: roleId },
      body: { permissions: { ...permissions, project: { ...permissions.project, read: 'none' } } },
    }),
  )
  expect(answer).toMatchObject({ status: 403, body: { type: '/problems/forbidden' } })
})

test.each([
  ['a member who is deactivated', 'update acme.member set active = false where id = $1'],
  ['a member who is removed', 'delete from acme.member where id = $1'],
  ['a token that is revoked', 'update acme.api_token set revoked_at = now() where member_id = $1'],
  ['a token that expires', `update acme.api_token set expires_at = now() - interval '1 second' where member_id = $1`],
])('revoking works on the next statement of a request that runs: %s', async (_, change) => {
  const { mia } = world.acme
  const answer = await answerWhen(mia.token, () => sqlOfAcme(change, [mia.memberId]))
  expect(answer).toMatchObject({ status: 401, body: { type: '/problems/not-signed-in' } })
  expect(answer.body).not.toHaveProperty('first')
})

test('revoking works on the next statement of a request that runs: a place in a private project', async () => {
  const { mia } = world.acme
  const answer = await answerWhen(mia.token, () =>
    sqlOfAcme('delete from acme.project_member where member_id = $1', [mia.memberId]),
  )
  expect(answer).toMatchObject({ status: 200, body: { first: 3, second: 2 } })
})
