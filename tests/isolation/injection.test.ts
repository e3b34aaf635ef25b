import { sql } from 'kysely'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Feature, operation } from '#server/http/operation.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

// The mistake that everything below has to survive: a caller's text in a statement, on a connection of the workspace.
const injectable = operation({
  id: 'injectable',
  summary: 'Run whatever the caller says',
  route: 'GET /api/workspaces/:workspace/injectable',
  needs: 'membership',
  params: inWorkspace(),
  query: object({ condition: Type.String({ maxLength: 5_000 }) }),
  returns: Type.Object({ rows: Type.Array(Type.String()) }),
  async run({ db, query }) {
    const found = await db
      .rows('task')
      .where(sql<boolean>`(${sql.raw(query.condition)})`)
      .select('task.title')
      .execute()
    return { rows: found.map(row => row.title) }
  },
})
const writable = operation({
  id: 'writable',
  summary: 'The same inside a transaction',
  route: 'POST /api/workspaces/:workspace/injectable',
  needs: 'membership',
  params: inWorkspace(),
  body: object({ condition: Type.String({ maxLength: 5_000 }) }),
  returns: Type.Object({ rows: Type.Array(Type.String()) }),
  async run({ db, body }) {
    const found = await db
      .rows('task')
      .where(sql<boolean>`(${sql.raw(body.condition)})`)
      .select('task.title')
      .execute()
    return { rows: found.map(row => row.title) }
  },
})
const attackable: Feature = { name: 'attackable', description: '', operations: [injectable, writable] }

let world: World
beforeAll(async () => {
  world = await createWorld({ features: [attackable] })
  for (const [slug, api, title] of [
    ['acme', world.acme.ada.api, 'Our own'],
    ['globex', world.globex.gina.api, 'Theirs: n/4711'],
  ] as const) {
    const project = await api.createProject({ path: { workspace: slug }, body: { name: 'Plans' } })
    await api.createTask({ path: { workspace: slug }, body: { projectId: project.id, title } })
  }
})
afterAll(() => world.close())

type Outcome = { status: number; text: string }

async function read(condition: string): Promise<Outcome> {
  const url = `${world.url}/api/workspaces/acme/injectable?${new URLSearchParams({ condition })}`
  const response = await fetch(url, { headers: { authorization: `Bearer ${world.acme.ada.token}` } })
  return { status: response.status, text: await response.text() }
}

async function write(condition: string): Promise<Outcome> {
  const response = await fetch(`${world.url}/api/workspaces/acme/injectable`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.acme.ada.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ condition }),
  })
  return { status: response.status, text: await response.text() }
}

test('the route is injectable: what is injected runs', async () => {
  expect(await read(`false) union select current_user::text where (true`)).toMatchObject({
    status: 200,
    text: expect.stringContaining(world.acme.schema),
  })
  expect(JSON.parse((await read('true')).text)).toEqual({ rows: ['Our own'] })
})

// :other is the other workspace's schema. Each would show "Theirs", or change something, if it got through.
const attacks: Record<string, string> = {
  'names the other schema': `false) union select title from :other.task where (true`,
  'takes a role and asks through XML': `false) union select (query_to_xml('select * from :other.task', true, false, ''))::text from (select set_config('role', ':other', true)) x where (true`,
  'asks through a text search statistic': `false) union select word from ts_stat('select search from :other.task') where (true`,
  'dumps the other schema': `false) union select schema_to_xml(':other', true, false, '')::text where (true`,
  'dumps the database': `false) union select database_to_xml(true, false, '')::text where (true`,
  'reads accounts': `false) union select email from platform.account where (true`,
  'reads password verifiers': `false) union select rolpassword from pg_authid where (true`,
  'reads a file': `false) union select pg_read_file('/etc/hostname') where (true`,
  'lists a folder': `false) union select pg_ls_dir('.') where (true`,
  'loads a file as a large object': `false) union select lo_import('/etc/hostname')::text where (true`,
  'reads the other sequence': `false) union select nextval(':other.audit_event_seq_seq')::text where (true`,
  'stacks a second statement': `true); drop table task; select (true`,
  'stacks a change of role': `true); set role :other; select (true`,
  'deletes in a subquery': `exists (with gone as (delete from :other.task returning 1) select from gone)`,
  'deletes its own history': `exists (with gone as (delete from audit_event returning 1) select from gone)`,
  'calls the audit function of the other': `:other.record_account_event_:other(gen_random_uuid(), gen_random_uuid(), 'signed_in', now(), '{}') is null`,
  'confirms an access of the other': `:other.confirm_access_:other(gen_random_uuid(), gen_random_uuid(), 1, null)`,
  'begins a change in the other': `:other.begin_change_:other(gen_random_uuid(), gen_random_uuid(), 1, null, '') is null`,
  'sleeps to hold a connection': `pg_sleep(30) is null`,
  'takes an advisory lock': `pg_advisory_lock(1) is null`,
  'ends the connections of the other': `(select bool_or(pg_terminate_backend(pid)) from pg_stat_activity where usename = ':other')`,
  'emits a message into the log': `pg_logical_emit_message(false, 'x', 'y') is null`,
  'asks another server': `exists (select from dblink('host=127.0.0.1', 'select 1') as t (a int))`,
}

describe('injected through HTTP, it gets nothing when it', () => {
  test.each(Object.entries(attacks))('%s', async (_, condition) => {
    const text = condition.replaceAll(':other', world.globex.schema)
    for (const outcome of [await read(text), await write(text)]) {
      // Refused by PostgreSQL (we answer "internal" and say no more), or it saw no row that it could act on.
      const isEmpty = outcome.status === 200 && /^\{"rows":\[("")?\]\}$/.test(outcome.text)
      expect(outcome.status === 500 || isEmpty, `${outcome.status} ${outcome.text}`).toBe(true)
      expect(outcome.text).not.toMatch(/Theirs|n\/4711|relation|permission denied|scram/i)
    }
  })

  test('leaves a setting behind for whoever gets the connection next', async () => {
    await read(`set_config('kontor.member', '${world.acme.max.memberId}', false) is null`)
    const project = await world.acme.mia.api.listProjects({ path: { workspace: 'acme' } })
    const task = await world.acme.mia.api.createTask({
      path: { workspace: 'acme' },
      body: { projectId: project.items[0]!.id, title: 'Whose change is this?' },
    })
    const [event] = await world.superuser<{ member_id: string }>(
      `select member_id from ${world.acme.schema}.audit_event where entity_id = $1`,
      [task.id],
    )
    expect(event?.member_id).toBe(world.acme.mia.memberId)
  })
})

test('after all of it both workspaces are as they were', async () => {
  for (const [slug, api] of [
    ['acme', world.acme.ada.api],
    ['globex', world.globex.gina.api],
  ] as const) {
    const { items } = await api.listTasks({
      path: { workspace: slug },
      query: { q: slug === 'acme' ? 'own' : 'Theirs' },
    })
    expect(items).toHaveLength(1)
  }
})
