import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loginAs } from '#server/database/server.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

let world: World
let acme: pg.Client
let other: string
beforeAll(async () => {
  world = await createWorld()
  other = world.globex.schema
  acme = new pg.Client(loginAs(world.server, keys, world.acme.schema, 1))
  await acme.connect()
  const project = await world.globex.gina.api.createProject({ path: { workspace: 'globex' }, body: { name: 'Secret' } })
  await world.globex.gina.api.createTask({
    path: { workspace: 'globex' },
    body: { projectId: project.id, title: 'Do not read' },
  })
})
afterAll(async () => {
  await acme.end()
  await world.close()
})

/** The SQLSTATE that a statement is refused with; "none" when it is not. */
async function stateOf(text: string): Promise<string> {
  try {
    await acme.query({ text, queryMode: 'extended' } as pg.QueryConfig)
    return 'none'
  } catch (error) {
    return (error as pg.DatabaseError).code ?? 'no code'
  }
}

// What the login of one workspace might try → the SQLSTATE that answers. :other is the other workspace's schema.
const refused: Record<string, [string, string]> = {
  'reads another workspace by its qualified name': ['select * from :other.task', '42501'],
  'writes into another workspace': [`insert into :other.tag (id, name) values (gen_random_uuid(), 'x')`, '42501'],
  'becomes another workspace': ['set role :other', '42501'],
  'becomes the owner': ['set role kontor_owner', '42501'],
  'becomes the superuser': ['set session authorization postgres', '42501'],
  'sets a role through a function': [`select set_config('role', ':other', true)`, '42501'],
  'runs text as a query': [`select query_to_xml('select * from :other.task', true, false, '')`, '42501'],
  'runs text as a query, differently': [`select * from ts_stat('select search from :other.task')`, '42501'],
  'dumps a schema as XML': [`select schema_to_xml(':other', true, false, '')`, '42501'],
  'reads the platform': ['select * from platform.account', '42501'],
  'reads the queue': ['select * from graphile_worker.jobs', '42501|3F000|42P01'],
  'stacks statements': ['select 1; select * from task', '42601'],
  'shadows a table with a temporary one': ['create temp table task (id uuid)', '42501'],
  'creates a table of its own': ['create table extra (id uuid)', '42501'],
  'creates a schema': ['create schema extra', '42501'],
  'creates a function': ['create function f() returns int language sql as $$ select 1 $$', '42501'],
  'creates something in public': ['create table public.extra (id uuid)', '42501'],
  'creates a role': ['create role extra', '42501'],
  'creates a database': ['create database extra', '42501'],
  'alters its tables': ['alter table task disable trigger all', '42501'],
  'turns audit triggers off': [`set session_replication_role = replica`, '42501'],
  'truncates the history': ['truncate audit_event', '42501'],
  'writes the history': [
    'insert into audit_event (id, entity, entity_id, action, changes) select gen_random_uuid(), entity, entity_id, action, changes from audit_event limit 1',
    '42501',
  ],
  'changes the history': [`update audit_event set action = 'task.deleted'`, '42501'],
  'removes the history': ['delete from audit_event', '42501'],
  'upserts into the history': [
    `insert into audit_event (id, entity, entity_id, action, changes) values (gen_random_uuid(), 'task', gen_random_uuid(), 'x', '{}') on conflict (id) do update set action = 'y'`,
    '42501',
  ],
  'calls the audit function': [`select record_change()`, '0A000|42501'],
  'raises the admin counter': ['update workspace set admin_epoch = 0', '42501'],
  'reads a file of the server': [`select pg_read_file('/etc/passwd')`, '42501'],
  'copies to a program': [`copy task to program 'cat'`, '42501'],
  'copies from a file': [`copy task from '/etc/passwd'`, '42501'],
  'stores a large object': ['select lo_create(0)', '42501'],
  'imports a large object': [`select lo_import('/etc/passwd')`, '42501'],
  'takes an advisory lock': ['select pg_advisory_lock(1)', '42501'],
  sleeps: ['select pg_sleep(10)', '42501'],
  'ends a session of somebody else': [
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = :otherText limit 1',
    '42501|none',
  ],
  'loads an extension': ['create extension dblink', '42501'],
  'reads password verifiers': ['select rolpassword from pg_authid', '42501'],
  'changes a setting of the server': [`alter system set fsync = off`, '42501'],
  'stores a secret in clear': [
    `insert into webhook (id, url, secret) values (gen_random_uuid(), 'https://example.eu', 'clear')`,
    '23514',
  ],
}

describe('the login of a workspace is refused when it', () => {
  test.each(Object.entries(refused))('%s', async (_, [text, states]) => {
    const statement = text.replaceAll(':otherText', `'${other}'`).replaceAll(':other', other)
    expect(states.split('|')).toContain(await stateOf(statement))
  })
})

test('the login of a workspace belongs to no other role and has no right beyond its schema', async () => {
  const [row] = await world.superuser<{ strong: boolean; memberships: number; schemas: string[] }>(
    `select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as strong,
       (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
       array(select nspname::text from pg_namespace where has_schema_privilege(r.oid, oid, 'usage')
         and nspname !~ '^pg_' and nspname <> 'information_schema' order by 1) as schemas
     from pg_roles r where rolname = $1`,
    [world.acme.schema],
  )
  expect(row).toEqual({ strong: false, memberships: 0, schemas: ['kontor', world.acme.schema].sort() })
})

test('sessions of other logins show nothing of what they run', async () => {
  const { rows } = await acme.query(
    `select query from pg_stat_activity where usename <> current_user and query not in ('', '<insufficient privilege>')`,
  )
  expect(rows).toEqual([])
})

test('the wrong password of a workspace is refused', async () => {
  const login = { ...loginAs(world.server, keys, world.acme.schema, 1), user: other }
  await expect(new pg.Client(login).connect()).rejects.toMatchObject({ code: '28P01' })
})
