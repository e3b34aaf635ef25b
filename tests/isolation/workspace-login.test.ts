import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loginAs } from '#server/database/server.ts'
import { createWorkspaceFor } from '#server/features/workspaces/create-workspace-for.ts'
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
  'calls the audit function': [`select record_change_:own()`, '0A000|42501'],
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
  'opens a cursor on another workspace': ['declare c cursor with hold for select * from :other.task', '42501'],
  'explains a query on another workspace': ['explain select * from :other.task', '42501'],
  'copies another workspace out': ['copy :other.task to stdout', '42501'],
  'locks a table of another workspace': ['do $$ begin lock table :other.task in access share mode; end $$', '42501'],
  'comments on a table': [`comment on table task is 'mine'`, '42501'],
  'grants a right that it has to another login': ['grant select on task to :other', '42501|none'],
  'reads a sequence of another workspace': ['select last_value from :other.audit_event_seq_seq', '42501'],
  'draws from a sequence of another workspace': [`select nextval(':other.audit_event_seq_seq')`, '42501'],
  'sets its own sequence back': [`select setval('audit_event_seq_seq', 1)`, '42501'],
  'reads the statistics of another workspace': [
    `select 1 / count(*) from pg_stats where schemaname = ':other'`,
    '22012',
  ],
  'reads statistics of columns': ['select * from pg_statistic', '42501'],
  'calls a function of another workspace': [
    `select :other.begin_change_:other(gen_random_uuid(), gen_random_uuid(), 1, null, '')`,
    '42501',
  ],
  'runs a block of code that reaches out': [`do $$ begin execute 'select * from :other.task'; end $$`, '42501'],
  'runs a block of code that becomes another': [`do $$ begin execute 'set role :other'; end $$`, '42501'],
  'creates an operator': ['create operator === (leftarg = int, rightarg = int, function = int4eq)', '42501'],
  'creates a cast': ['create cast (text as int) with inout', '42501'],
  'creates a type': ["create type colour as enum ('red')", '42501'],
  'creates a temporary function': ['create function pg_temp.now() returns int language sql as $$ select 1 $$', '42501'],
  'creates a view of another workspace': ['create view peek as select * from :other.task', '42501'],
  'creates a trigger': ['create trigger t after insert on task execute function keep_audit_event_:own()', '42501'],
  'creates a rule': ['create rule r as on insert to task do instead nothing', '42501'],
  'creates a server elsewhere': ['create server s foreign data wrapper postgres_fdw', '42704|42501'],
  'asks another server': [`select * from dblink('', 'select 1') as t (a int)`, '42883'],
  'publishes its tables': ['create publication p for all tables', '42501'],
  'subscribes to another server': [`create subscription s connection 'host=x' publication p`, '42501|25001'],
  'prepares a transaction to leave behind': [`prepare transaction 'stay'`, '55000|none|25P01'],
  'drops another workspace': ['drop schema :other cascade', '42501'],
  'drops its own table': ['drop table task', '42501'],
  'renames another role': ['alter role :other rename to gone', '42501'],
  'sets the password of another role': [`alter role :other password 'x'`, '42501'],
  'gives itself rights': ['alter role current_user superuser', '42501'],
  'lifts its own limit of connections': ['alter role current_user connection limit -1', '42501'],
  'grants itself the owner': ['grant kontor_owner to current_user', '42501'],
  'reassigns what another owns': ['reassign owned by :other to current_user', '42501'],
  'lists the folder of the server': [`select pg_ls_dir('.')`, '42501'],
  'reads where the server lies': [`show data_directory`, '42501'],
  'reads who may log in from where': ['select * from pg_hba_file_rules', '42501'],
  'reloads the configuration': ['select pg_reload_conf()', '42501'],
  'rotates the log': ['select pg_rotate_logfile()', '42501|42883'],
  'loads a library': [`load 'dblink'`, '42501|58P01'],
  'writes a checkpoint': ['checkpoint', '42501'],
  'emits a message into the log': [`select pg_logical_emit_message(false, 'x', 'y')`, '42501'],
  'exports its snapshot': ['select pg_export_snapshot()', '42501'],
  'removes the owner of its large objects': ['select lo_unlink(1)', '42501'],
  'stores a secret in clear': [
    `insert into webhook (id, url, secret) values (gen_random_uuid(), 'https://example.eu', 'clear')`,
    '23514',
  ],
}

describe('the login of a workspace is refused when it', () => {
  test.each(Object.entries(refused))('%s', async (_, [text, states]) => {
    const statement = text
      .replaceAll(':otherText', `'${other}'`)
      .replaceAll(':other', other)
      .replaceAll(':own', world.acme.schema)
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

test('RESET and DISCARD lead nowhere: the login is all there is to go back to', async () => {
  for (const statement of ['reset role', 'reset session authorization', 'reset all', 'discard all']) {
    await acme.query(statement)
    const { rows } = await acme.query(`select current_user, session_user, current_setting('search_path') as path`)
    expect(rows[0]).toEqual({
      current_user: world.acme.schema,
      session_user: world.acme.schema,
      path: world.acme.schema,
    })
  }
})

test('a right that it has is not its own to give away', async () => {
  await acme.query(`grant select on task to ${other}`).catch(() => undefined)
  const theirs = new pg.Client(loginAs(world.server, keys, other, 1))
  await theirs.connect()
  await expect(theirs.query(`select * from ${world.acme.schema}.task`)).rejects.toMatchObject({ code: '42501' })
  await theirs.end()
})

test('it can end or cancel no connection but its own', async () => {
  const theirs = new pg.Client(loginAs(world.server, keys, other, 1))
  await theirs.connect()
  const { rows } = await theirs.query('select pg_backend_pid() as pid')
  for (const call of ['pg_terminate_backend', 'pg_cancel_backend'])
    await expect(acme.query(`select ${call}($1)`, [rows[0].pid])).rejects.toMatchObject({ code: '42501' })
  await expect(theirs.query('select 1')).resolves.toBeDefined()
  await theirs.end()
})

test('the catalogue shows names that say nothing, and no value of anybody', async () => {
  const { rows: schemas } = await acme.query<{ nspname: string }>(
    `select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|kontor|platform|public|graphile)'`,
  )
  expect(schemas.length).toBeGreaterThan(1)
  for (const { nspname } of schemas) expect(nspname).toMatch(/^w_[a-z2-7]{16}$/)
  const { rows: values } = await acme.query(
    `select * from pg_stats where schemaname <> current_schema and schemaname not in ('pg_catalog', 'information_schema')`,
  )
  expect(values).toEqual([])
})

test('what can be listened to carries no data', async () => {
  const heard: pg.Notification[] = []
  acme.on('notification', message => heard.push(message))
  const rows = await world.superuser<{ definition: string }>(
    `select prosrc as definition from pg_proc where prosrc ~* 'pg_notify|notify ' and pronamespace::regnamespace::text !~ '^(pg_|graphile)'`,
  )
  expect(rows).toEqual([])
  await acme.query('listen kontor_events')
  await world.globex.gina.api.createTag({ path: { workspace: 'globex' }, body: { name: 'Loud' } })
  await expect.poll(async () => (await acme.query('select 1')) && heard.length, { timeout: 5_000 }).toBeGreaterThan(0)
  // The random name of a schema, which the catalogue shows to everybody anyway.
  expect(new Set(heard.map(message => message.payload))).toEqual(new Set([other]))
})

test('a login that takes all connections it can get leaves those of the others free', async () => {
  // A workspace of its own: the tests of a run share the logins of the others.
  const { accountId, email } = world.acme.ada
  const { schema } = await createWorkspaceFor(world.services, {
    ...{ name: 'Greedy', slug: 'greedy', plan: 'starter' },
    owner: { accountId, email, name: 'Ada' },
  })
  const login = loginAs(world.server, keys, schema, 1)
  const taken: pg.Client[] = []
  const refusals: string[] = []
  for (let n = 0; n < 20; n++) {
    const client = new pg.Client(login)
    await client.connect().then(
      () => taken.push(client),
      error => refusals.push(error.code),
    )
  }
  expect(taken.length).toBeLessThanOrEqual(16)
  expect(new Set(refusals)).toEqual(new Set(['53300']))
  await expect(world.asWorkspace(other, 'select 1 as one')).resolves.toEqual([{ one: 1 }])
  await Promise.all(taken.map(client => client.end()))
})
