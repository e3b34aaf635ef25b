import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApiProblem } from '#client'
import { hashPassword } from '#server/crypto/password.ts'
import { type Browser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type Person, password, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
const rounds = 1_000
const roundsOfAPair = 12

let world: World
let psql: pg.Client
let roles: { admin: string; member: string }
let passwordHash: string
beforeAll(async () => {
  world = await createWorld()
  psql = new pg.Client(world.server.admin)
  await psql.connect()
  const { items } = await world.acme.ada.api.listRoles({ path })
  const idOf = (builtin: string) => items.find(role => role.builtin === builtin)!.id
  roles = { admin: idOf('admin'), member: idOf('member') }
  passwordHash = await hashPassword(password)
})
afterAll(async () => {
  await psql.end()
  await world.close()
})
beforeEach(async () => {
  await restore(world.acme.ada)
  await restore(world.acme.max)
})

/** Makes somebody an active, confirmed admin of acme again, whatever became of them. */
async function restore({ accountId, memberId, email, token }: Person): Promise<void> {
  const { schema, id } = world.acme
  await psql.query(
    `insert into platform.account (id, email, name, password_hash) values ($1, $2, 'Back', $3) on conflict do nothing`,
    [accountId, email, passwordHash],
  )
  await psql.query(
    `insert into ${schema}.member (id, account_id, email, name, role_id, confirmed_at) values ($1, $2, $3, 'Back', $4, now())
     on conflict (id) do update set role_id = $4, active = true, confirmed_at = now(), locked_until = null`,
    [memberId, accountId, email, roles.admin],
  )
  await psql.query(
    `insert into ${schema}.api_token (id, member_id, name, token_hash)
     values (gen_random_uuid(), $1, 'back', sha256(convert_to($2, 'utf8'))) on conflict do nothing`,
    [memberId, token],
  )
  await psql.query(
    `insert into platform.membership (account_id, workspace_id, member_id) values ($1, $2, $3) on conflict do nothing`,
    [accountId, id, memberId],
  )
}

async function countAdmins(): Promise<number> {
  const { schema } = world.acme
  const { rows } = await psql.query<{ count: number }>(
    `select count(*)::int as count from ${schema}.member m join ${schema}.role r on r.id = m.role_id
     where m.active and r.builtin = 'admin'`,
  )
  return rows[0]!.count
}

type Path = (by: Person, on: Person) => Promise<unknown>
const at = ({ memberId }: Person) => ({ ...path, member: memberId })
const bySql = (text: string) => (_: Person, on: Person) =>
  world.superuser(text.replaceAll('acme.', `${world.acme.schema}.`), [on.memberId])

// Every way in which a workspace can lose an admin. The first three are done to the other one, the rest to oneself.
const paths: Record<string, Path> = {
  demote: (by, on) => by.api.updateMember({ path: at(on), body: { roleId: roles.member } }),
  deactivate: (by, on) => by.api.updateMember({ path: at(on), body: { active: false } }),
  delete: (by, on) => by.api.deleteMember({ path: at(on) }),
  'demote oneself': by => by.api.updateMember({ path: at(by), body: { roleId: roles.member } }),
  leave: by => by.api.deleteMember({ path: at(by) }),
  'delete the account': async by => (await browserOf(by)).api.deleteAccount(),
  'demote by psql': bySql(
    `update acme.member set role_id = (select id from acme.role where builtin = 'member') where id = $1`,
  ),
  'delete by psql': bySql('delete from acme.member where id = $1'),
  'demote all by psql': () =>
    world.superuser(
      `update ${world.acme.schema}.member set role_id = (select id from ${world.acme.schema}.role where builtin = 'member')`,
    ),
}

function browserOf(person: Person): Promise<Browser> {
  return signedInAs(world, person)
}

/** Both at once; what each got: "done", or the code of the refusal. */
async function race(first: Path, second: Path): Promise<string[]> {
  const { ada, max } = world.acme
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: ApiProblem & { constraint?: string }) => error.constraint ?? `${error.status} ${error.code}`,
    )
  return Promise.all([outcome(first(ada, max)), outcome(second(max, ada))])
}

// Beside success: the one clear refusal, or that the other one was first and took the right, or the person, away.
const fair = [
  'done',
  '409 last-admin',
  'workspace_keeps_an_admin',
  '403 forbidden',
  '404 not-found',
  '401 not-signed-in',
]

test(`two admins who demote each other ${rounds} times at once never leave none`, async () => {
  const seen = new Map<string, number>()
  for (let round = 0; round < rounds; round++) {
    const outcomes = await race(paths.demote!, paths.demote!)
    for (const outcome of outcomes) {
      expect(fair).toContain(outcome)
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
    }
    expect(await countAdmins()).toBeGreaterThan(0)
    const { schema } = world.acme
    await psql.query(`update ${schema}.member set role_id = $1 where id = any($2)`, [
      roles.admin,
      [world.acme.ada.memberId, world.acme.max.memberId],
    ])
  }
  expect(seen.get('done')).toBeGreaterThanOrEqual(rounds)
}, 180_000)

const names = Object.keys(paths)
const pairs = names.flatMap((first, index) => names.slice(index).map(second => [first, second] as const))

describe.each(pairs)('to %s and to %s at once', (first, second) => {
  test(`leaves an admin each of ${roundsOfAPair} times, and nobody gets a 5xx`, async () => {
    for (let round = 0; round < roundsOfAPair; round++) {
      const outcomes = await race(paths[first]!, paths[second]!)
      for (const outcome of outcomes) expect(fair).toContain(outcome)
      expect(await countAdmins()).toBeGreaterThan(0)
      await restore(world.acme.ada)
      await restore(world.acme.max)
    }
  })
})

describe('the last admin', () => {
  beforeEach(() => paths['delete by psql']!(world.acme.ada, world.acme.max))

  test.each(names.filter(name => !['demote', 'deactivate', 'delete'].includes(name)))('cannot %s', async name => {
    const { ada } = world.acme
    const refused = await paths[name]!(ada, ada).then(
      () => 'done',
      error => error,
    )
    expect(refused).toMatchObject(
      name.includes('psql') ? { constraint: 'workspace_keeps_an_admin' } : { status: 409, code: 'last-admin' },
    )
    expect(await countAdmins()).toBe(1)
  })

  test('is told what to do, and keeps the account and all other workspaces when it cannot be deleted', async () => {
    const browser = await browserOf(world.acme.ada)
    const { slug } = await browser.api.createWorkspace({ body: { name: 'Second' } })
    const refused: ApiProblem = await browser.api.deleteAccount().catch(error => error)
    expect(refused.message).toMatch(/You are the last admin of acme, second/)
    expect((await browser.api.getMe({ path: { workspace: slug } })).role.builtin).toBe('admin')
  })

  test.each([
    ['an unconfirmed', 'confirmed_at = null'],
    ['a locked', `locked_until = now() + interval '10 minutes'`],
    ['a deactivated', 'active = false'],
  ])('is the last one beside %s admin too', async (_, values) => {
    const { ada, max } = world.acme
    await restore(max)
    await psql.query(`update ${world.acme.schema}.member set ${values} where id = $1`, [max.memberId])
    await expect(ada.api.deleteMember({ path: at(ada) })).rejects.toMatchObject({ status: 409, code: 'last-admin' })
    await psql.query(
      `update ${world.acme.schema}.member set confirmed_at = now(), locked_until = now() - interval '1 second', active = true where id = $1`,
      [max.memberId],
    )
    await ada.api.deleteMember({ path: at(ada) })
    expect(await countAdmins()).toBe(1)
  })

  test('who is locked does not keep the workspace from changing its other members', async () => {
    const { ada, tom } = world.acme
    await psql.query(`update ${world.acme.schema}.member set locked_until = now() + interval '1 hour' where id = $1`, [
      ada.memberId,
    ])
    const changed = await ada.api.updateMember({ path: at(tom), body: { active: false } })
    expect(changed.active).toBe(false)
  })

  test('stays even when a session of the database skips triggers', async () => {
    const { schema } = world.acme
    const attempt = world.superuser(
      `do $$ begin set local session_replication_role = replica; delete from ${schema}.member; end $$`,
    )
    await expect(attempt).rejects.toMatchObject({ constraint: 'workspace_keeps_an_admin' })
  })

  test('and their built-in role cannot be changed or deleted, by nobody', async () => {
    const { ada } = world.acme
    const role = { ...path, role: roles.admin }
    await expect(ada.api.deleteRole({ path: role })).rejects.toMatchObject({ status: 409, code: 'built-in-role' })
    await expect(ada.api.updateRole({ path: role, body: { name: 'Nobody' } })).rejects.toMatchObject({ status: 409 })
    const { schema } = world.acme
    await expect(
      world.superuser(`update ${schema}.role set builtin = null where builtin = 'admin'`),
    ).rejects.toMatchObject({
      constraint: 'role_builtin_is_fixed',
    })
  })
})

test('deleting an account leaves its workspaces, ends its sessions, and keeps what it did', async () => {
  const { max, ada } = world.acme
  const browser = await browserOf(max)
  await browser.api.deleteAccount()
  await expect(browser.api.getSession()).rejects.toMatchObject({ status: 401 })
  await expect(ada.api.getMember({ path: at(max) })).rejects.toMatchObject({ status: 404 })
  const { rows } = await psql.query('select id from platform.account where id = $1', [max.accountId])
  expect(rows).toEqual([])
})
