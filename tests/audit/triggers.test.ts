import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

type Event = {
  id: string
  action: string
  entity_id: string
  task_id: string | null
  project_id: string | null
  member_id: string | null
  changes: Record<string, { from: unknown; to: unknown }>
}

let world: World
let role: string
beforeAll(async () => {
  world = await createWorld()
  ;[{ id: role }] = (await sql(`select id from role where builtin = 'member'`)) as [{ id: string }]
})
afterAll(() => world.close())

const sql = <T extends object = Record<string, unknown>>(text: string, values?: unknown[]) =>
  world.asWorkspace<T & Record<string, never>>(world.acme.schema, text, values) as Promise<T[]>

/** The events that a statement leaves, typed by hand on the workspace's own login. */
async function eventsOf(text: string, values: unknown[] = []): Promise<Event[]> {
  const [before] = await sql<{ seq: number }>('select coalesce(max(seq), 0)::int as seq from audit_event')
  await sql(text, values)
  return sql<Event>('select * from audit_event where seq > $1 order by seq', [before!.seq])
}

async function newTask(title = 'T'): Promise<{ project: string; task: string }> {
  const project = randomUUID()
  const task = randomUUID()
  await sql('insert into project (id, key, name) values ($1, $2, $3)', [
    project,
    `P${project
      .slice(0, 6)
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, 'X')}`,
    'P',
  ])
  await sql('insert into task (id, project_id, number, title) values ($1, $2, 0, $3)', [task, project, title])
  return { project, task }
}

const sealed = `k1:gAAAAA${'A'.repeat(80)}`

test('every audited table leaves exactly one event for an insert, a change and a deletion typed by hand', async () => {
  const { project, task } = await newTask()
  const member = world.acme.mia.memberId
  const rows: [string, string, unknown[], string | null][] = [
    [
      'task',
      'insert into task (id, project_id, number, title) values ($1, $2, 0, $3)',
      [project, 'Title'],
      `title = 'Other'`,
    ],
    ['comment', 'insert into comment (id, task_id, body) values ($1, $2, $3)', [task, 'Body'], `body = 'Other'`],
    [
      'time_entry',
      'insert into time_entry (id, project_id, member_id, started_at) values ($1, $2, $3, now())',
      [project, world.acme.tom.memberId],
      `note = 'Other'`,
    ],
    [
      'attachment',
      'insert into attachment (id, task_id, name, media_type, size_bytes, sha256) values ($1, $2, $3, $3, 1, $4)',
      [task, 'a.txt', 'a'.repeat(64)],
      null,
    ],
    ['tag', 'insert into tag (id, name) values ($1, $2)', ['red'], `name = 'blue'`],
    ['project', 'insert into project (id, key, name) values ($1, $2, $3)', ['ZZZ', 'Project'], `name = 'Other'`],
    [
      'member',
      'insert into member (id, email, name, role_id) values ($1, $2, $3, $4)',
      ['new@acme.example', 'New', role],
      `name = 'Other'`,
    ],
    ['role', `insert into role (id, name, permissions) values ($1, $2, '{}')`, ['Auditor'], `name = 'Reader'`],
    [
      'webhook',
      'insert into webhook (id, url, secret) values ($1, $2, $3)',
      ['https://a.example', sealed],
      `url = 'https://b.example'`,
    ],
    [
      'integration',
      `insert into integration (id, kind, name, token) values ($1, 'slack', $2, $3)`,
      ['room', sealed],
      `name = 'Other'`,
    ],
    [
      'api_token',
      'insert into api_token (id, member_id, name, token_hash) values ($1, $2, $3, $4)',
      [member, 'token', Buffer.alloc(32)],
      `name = 'Other'`,
    ],
    [
      'invitation',
      `insert into invitation (id, email, role_id, token_hash, expires_at) values ($1, $2, $3, $4, now())`,
      ['inv@acme.example', role, Buffer.alloc(32, 1)],
      `expires_at = now() + interval '1 day'`,
    ],
    [
      'saved_view',
      'insert into saved_view (id, member_id, name) values ($1, $2, $3)',
      [member, 'View'],
      `name = 'Other'`,
    ],
  ]
  for (const [entity, insert, values, change] of rows) {
    const id = randomUUID()
    const steps: [string, string, unknown[]][] = [['created', insert, [id, ...values]]]
    if (change) steps.push(['updated', `update ${entity} set ${change} where id = $1`, [id]])
    steps.push(['deleted', `delete from ${entity} where id = $1`, [id]])
    for (const [verb, text, given] of steps) {
      const events = await eventsOf(text, given)
      expect(
        events.map(event => [event.action, event.entity_id]),
        `${entity} ${verb}`,
      ).toEqual([[`${entity}.${verb}`, id]])
    }
  }
  expect((await eventsOf(`update workspace set name = 'Acme Europe'`)).map(e => [e.action, e.changes])).toEqual([
    ['workspace.updated', { name: { from: 'Acme', to: 'Acme Europe' } }],
  ])
})

test('a bulk statement leaves one event for each row that it changes, and none for a row that it leaves as it was', async () => {
  const { project } = await newTask()
  const inserted = await eventsOf(
    `insert into task (id, project_id, number, title) select gen_random_uuid(), $1, 0, 'Bulk ' || n from generate_series(1, 500) n`,
    [project],
  )
  expect(inserted).toHaveLength(500)
  // The history is listed by id.
  expect(inserted.map(event => event.id)).toEqual(inserted.map(event => event.id).toSorted())
  const changed = await eventsOf(
    `update task set priority = case when number % 2 = 0 then 'high' else priority end where project_id = $1`,
    [project],
  )
  expect(changed).toHaveLength(250)
  expect(changed.every(event => event.action === 'task.updated' && event.project_id === project)).toBe(true)
  expect(await eventsOf('update task set title = title where project_id = $1', [project])).toEqual([])
  expect(await eventsOf('delete from task where project_id = $1', [project])).toHaveLength(501)
})

test('an event and its change are rolled back together', async () => {
  const { task } = await newTask()
  const events = await eventsOf(
    `with changed as (update task set title = 'Gone' where id = $1 returning 1) select 1 / (count(*) - 1) from changed`,
    [task],
  ).catch(() => sql<Event>(`select * from audit_event where entity_id = $1 and action = 'task.updated'`, [task]))
  expect(events).toEqual([])
})

test('adding and removing a tag, a viewer and a project member are events with id and name', async () => {
  const { project, task } = await newTask()
  const tag = randomUUID()
  await sql('insert into tag (id, name) values ($1, $2)', [tag, `urgent ${tag}`])
  const tom = world.acme.tom.memberId
  const links: [string, string, string, string, string, string][] = [
    ['task_tag', 'task', task, 'tag_id', tag, `urgent ${tag}`],
    ['task_viewer', 'task', task, 'member_id', tom, 'Tom'],
    ['project_member', 'project', project, 'member_id', tom, 'Tom'],
  ]
  for (const [table, owner, ownerId, column, other, name] of links) {
    const verb = table === 'task_tag' ? 'tag' : table === 'task_viewer' ? 'viewer' : 'member'
    const added = await eventsOf(`insert into ${table} (${owner}_id, ${column}) values ($1, $2)`, [ownerId, other])
    expect(added.map(e => [e.action, e.entity_id, e.project_id, e.changes])).toEqual([
      [
        `${owner}.${verb}_added`,
        ownerId,
        project,
        { [column]: { from: null, to: other }, name: { from: null, to: name } },
      ],
    ])
    const removed = await eventsOf(`delete from ${table} where ${owner}_id = $1 and ${column} = $2`, [ownerId, other])
    expect(removed.map(e => [e.action, e.entity_id, e.project_id, e.changes])).toEqual([
      [
        `${owner}.${verb}_removed`,
        ownerId,
        project,
        { [column]: { from: other, to: null }, name: { from: name, to: null } },
      ],
    ])
  }
})

test('what goes with its project, its tag or its member leaves events that still say where it was and what it was called', async () => {
  const { project, task } = await newTask('Cascade')
  const [tag, member] = [randomUUID(), randomUUID()]
  await sql('insert into tag (id, name) values ($1, $2)', [tag, `tag ${tag}`])
  await sql('insert into member (id, email, name, role_id) values ($1, $2, $3, $4)', [
    member,
    `${member}@acme.example`,
    'Leaver',
    role,
  ])
  await sql('insert into task_tag (task_id, tag_id) values ($1, $2)', [task, tag])
  await sql('insert into task_viewer (task_id, member_id) values ($1, $2)', [task, member])
  const tagGone = await eventsOf('delete from tag where id = $1', [tag])
  expect(tagGone.map(e => [e.action, e.project_id, e.changes.name?.from])).toEqual([
    ['tag.deleted', null, `tag ${tag}`],
    ['task.tag_removed', project, `tag ${tag}`],
  ])
  await sql('update task set creator_id = $2, assignee_id = $2 where id = $1', [task, member])
  const memberGone = await eventsOf('delete from member where id = $1', [member])
  expect(memberGone.map(e => [e.action, e.project_id, e.changes.name?.from]).toSorted()).toEqual([
    ['member.deleted', null, 'Leaver'],
    ['task.updated', project, undefined],
    ['task.viewer_removed', project, 'Leaver'],
  ])
  const { changes } = memberGone.find(e => e.action === 'task.updated')!
  const left = { from: member, fromName: 'Leaver', to: null, toName: null }
  expect(changes).toEqual({ creator_id: left, assignee_id: left })
  await sql('insert into comment (id, task_id, body) values (gen_random_uuid(), $1, $2)', [task, 'Bye'])
  await sql('insert into task_viewer (task_id, member_id) values ($1, $2)', [task, world.acme.tom.memberId])
  const projectGone = await eventsOf('delete from project where id = $1', [project])
  expect(projectGone.map(e => [e.action, e.project_id]).toSorted()).toEqual([
    ['comment.deleted', project],
    ['project.deleted', project],
    ['task.deleted', project],
    ['task.viewer_removed', project],
  ])
  const kept = await sql<Event>('select action from audit_event where task_id = $1', [task])
  expect(kept.length).toBeGreaterThan(5)
})

test('an id never changes, because the history hangs on it', async () => {
  const { task } = await newTask()
  await expect(sql('update task set id = gen_random_uuid() where id = $1', [task])).rejects.toMatchObject({
    code: '42501',
  })
})

test('a secret never shows in the history, and that it changed does', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const hash = Buffer.alloc(32, 9)
  const other = `k1:gAAAAA${'B'.repeat(80)}`
  const events = [
    ...(await eventsOf('insert into webhook (id, url, secret) values ($1, $2, $3)', [
      ids[0],
      'https://a.example',
      sealed,
    ])),
    ...(await eventsOf('update webhook set secret = $2 where id = $1', [ids[0], other])),
    ...(await eventsOf(`insert into integration (id, kind, name, token) values ($1, 'slack', 'r', $2)`, [
      ids[1],
      sealed,
    ])),
    ...(await eventsOf('update integration set token = $2 where id = $1', [ids[1], other])),
    ...(await eventsOf('insert into api_token (id, member_id, name, token_hash) values ($1, $2, $3, $4)', [
      ids[2],
      world.acme.mia.memberId,
      't',
      hash,
    ])),
    ...(await eventsOf('update api_token set token_hash = $2 where id = $1', [ids[2], Buffer.alloc(32, 8)])),
    ...(await eventsOf(
      'insert into invitation (id, email, role_id, token_hash, expires_at) values ($1, $2, $3, $4, now())',
      [ids[3], 's@acme.example', role, hash],
    )),
  ]
  expect(events).toHaveLength(7)
  const text = JSON.stringify(events)
  for (const secret of [sealed, other, hash.toString('hex'), Buffer.alloc(32, 8).toString('hex')])
    expect(text).not.toContain(secret)
  expect(events[1]!.changes).toEqual({ secret: { from: '(secret)', to: '(secret)' } })
})

test('a bulk change after many small ones takes time in proportion to its rows', async () => {
  const { project, task } = await newTask()
  await sql(
    `insert into task (id, project_id, number, title) select gen_random_uuid(), $1, 0, 'Many' from generate_series(1, 5000)`,
    [project],
  )
  // One connection, so that the plan made for one row is the plan at hand for five thousand.
  const { services, acme } = world
  const elapsed = await services.workspaces.system(
    { id: acme.id, slug: 'acme', schema: acme.schema, loginKey: 1 },
    async db => {
      for (let n = 0; n < 12; n++)
        await db
          .updateTable('task')
          .set({ title: `T${n}` })
          .where('id', '=', task)
          .execute()
      const start = performance.now()
      await db.updateTable('task').set({ priority: 'high' }).where('project_id', '=', project).execute()
      return performance.now() - start
    },
  )
  expect(elapsed).toBeLessThan(8000)
})
