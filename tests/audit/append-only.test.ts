import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginAs } from '#server/database/server.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

let world: World
let table: string
beforeAll(async () => {
  world = await createWorld()
  table = `${world.acme.schema}.audit_event`
  await world.asWorkspace(world.acme.schema, `insert into tag (id, name) values (gen_random_uuid(), 'first')`)
})
afterAll(() => world.close())

const changes = (): Record<string, string> => ({
  update: `update ${table} set action = 'x'`,
  'update of nothing': `update ${table} set action = action where false`,
  delete: `delete from ${table}`,
  truncate: `truncate ${table}`,
  insert: `insert into ${table} (id, entity, entity_id, action, changes) values (gen_random_uuid(), 'x', gen_random_uuid(), 'x', '{}')`,
  'on conflict do update': `insert into ${table} (id, entity, entity_id, action, changes) select id, entity, entity_id, action, changes from ${table}
    on conflict (id) do update set action = 'x'`,
  alter: `alter table ${table} drop column changes`,
  'disable trigger': `alter table ${table} disable trigger all`,
  'disable the writing trigger': `alter table ${world.acme.schema}.task disable trigger all`,
  'drop trigger': `drop trigger audit_event_keep on ${table}`,
  'replace function': `create or replace function ${world.acme.schema}.keep_audit_event_${world.acme.schema}() returns trigger language plpgsql as 'begin return old; end'`,
  rule: `create rule forget as on insert to ${table} do instead nothing`,
  'replica role': `set session_replication_role = replica`,
  'truncate what is audited': `truncate ${world.acme.schema}.tag cascade`,
})

async function attempt(login: pg.ClientConfig, text: string): Promise<string | undefined> {
  const client = new pg.Client(login)
  await client.connect()
  try {
    await client.query(text)
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await client.end()
  }
}

test('no login may change, remove or forge an event, or switch off what writes and keeps it', async () => {
  const logins = [world.acme.schema, world.globex.schema, 'kontor_platform', 'kontor_provisioner', 'kontor_jobs']
  for (const login of logins) {
    for (const [name, text] of Object.entries(changes())) {
      expect(await attempt(loginAs(world.server, keys, login, 1), text), `${login}: ${name}`).toBe('42501')
    }
  }
})

test('not even the superuser changes or removes one while the triggers stand, in replica mode either', async () => {
  const { update, delete: remove, truncate, 'on conflict do update': upsert } = changes()
  for (const mode of ['origin', 'replica']) {
    for (const text of [update!, remove!, truncate!, upsert!]) {
      expect(
        await attempt(world.server.admin, `set session_replication_role = ${mode}; ${text}`),
        `${mode}: ${text}`,
      ).toBe('42501')
    }
  }
})

test('a superuser in replica mode still leaves events', async () => {
  const { schema } = world.acme
  expect(
    await attempt(
      world.server.admin,
      `set session_replication_role = replica; update ${schema}.tag set name = 'second'`,
    ),
  ).toBeUndefined()
  const rows = await world.superuser(`select changes from ${table} where action = 'tag.updated'`)
  expect(rows).toEqual([{ changes: { name: { from: 'first', to: 'second' } } }])
})
