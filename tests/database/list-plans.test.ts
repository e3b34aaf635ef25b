import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { features } from '#server/features/index.ts'
import { methodOf } from '#server/http/operation.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

/**
 * What is in each table that grows with the work, and how many rows a plan may sort: one project’s, which by title or
 * due date are sorted rather than kept in more indexes that every write would pay for.
 */
const rows = 100_000
const mostSorted = 2_000
const big = [
  'task',
  'comment',
  'time_entry',
  'attachment',
  'audit_event',
  'audit_leaf',
  'notification',
  'task_tag',
  'webhook_delivery',
]

let world: World
let ids: Record<'project' | 'task' | 'tag' | 'member' | 'entity' | 'request' | 'webhook', string>
beforeAll(async () => {
  world = await createWorld()
  ids = await fill()
}, 180_000)
afterAll(() => world.close())

// Every list, with its orders and filters. A list that is not named here fails the first test.
const lists: Record<string, { path: string; queries: string[] }> = {
  listTasks: {
    path: '/tasks',
    queries: [
      'project=:project',
      'sort=position',
      'sort=due',
      'sort=updated',
      'sort=created',
      'project=:project&sort=due',
      'project=:project&sort=updated',
      'project=:project&sort=created',
      'project=:project&sort=title',
      'project=:project&status=todo,doing',
      'assignee=me',
      'assignee=:member&status=todo',
      'creator=:member',
      'viewer=:member',
      'tag=:tag',
      'parent=:task',
      'due=overdue&sort=due',
      'dueFrom=2026-06-01&dueUntil=2026-06-07&sort=due',
      'q=needle',
      'project=:project&q=needle',
    ],
  },
  listTaskHistory: { path: '/tasks/:task/history', queries: [''] },
  listComments: { path: '/tasks/:task/comments', queries: [''] },
  listAttachments: { path: '/tasks/:task/attachments', queries: [''] },
  listTimeEntries: {
    path: '/time-entries',
    queries: [
      '',
      'member=:member',
      'project=:project',
      'task=:task',
      'from=2026-06-01&until=2026-06-07',
      'member=:member&from=2026-06-01&until=2026-06-30',
    ],
  },
  listAuditEvents: {
    path: '/audit-events',
    queries: [
      '',
      'entityId=:entity',
      'taskId=:task',
      'memberId=:member',
      'since=2026-06-01T00:00:00Z&until=2026-06-02T00:00:00Z',
      'action=task.updated',
      'action=role.deleted',
      'field=status',
      'requestId=:request',
      'q=needle',
      'q=nowhere&memberId=:member',
    ],
  },
  listWebhookDeliveries: { path: '/webhooks/:webhook/deliveries', queries: ['', 'status=delivered', 'status=failed'] },
  listNotifications: { path: '/notifications', queries: ['', 'unread=true'] },
  ...Object.fromEntries(
    Object.entries({
      listMembers: '/members',
      listRoles: '/roles',
      listProjects: '/projects',
      listTags: '/tags',
      listViews: '/views',
    }).map(([id, path]) => [id, { path, queries: [''] }]),
  ),
}
/** Lists of what a workspace has a handful of. */
const short = [
  'listApiTokens',
  'listAuditCheckpoints',
  'listAuditErasures',
  'listAuditExportSchedules',
  'listAuditExports',
  'listImports',
  'listIntegrations',
  'listInvitations',
  'listMemberLocks',
  'listSignOnDomains',
  'listWebhooks',
]

test('every list is explained, or is one of those that are never long', () => {
  const paged = features
    .flatMap(feature => feature.operations)
    .filter(operation => operation.access === 'workspace' && methodOf(operation) === 'GET')
    .filter(operation => 'cursor' in (operation.query?.properties ?? {}))
    .map(operation => operation.id)
  expect([...Object.keys(lists), ...short].toSorted()).toEqual(paged.toSorted())
})

const cases = Object.entries(lists).flatMap(([id, { path, queries }]) =>
  queries.flatMap(query => (['ada', 'mia'] as const).map(person => [id, query, person, path] as const)),
)

test.each(cases)('%s?%s as %s reads no big table through and sorts no more than a page needs', async (...each) => {
  const [, query, person, path] = each
  if (/audit|webhook/.test(path) && person === 'mia') return
  const url = `${path}?${query}&limit=50`.replace(/:([a-z]+)/g, (_, name: keyof typeof ids) => ids[name])
  const statements = await recorded(async () => {
    const answer = await fetch(`${world.url}/api/workspaces/acme${url}`, {
      headers: { authorization: `Bearer ${world.acme[person].token}` },
    })
    expect(answer.status, await answer.text()).toBe(200)
  })
  expect(statements.length).toBeGreaterThan(0)
  for (const { text, values } of statements) {
    const [{ 'QUERY PLAN': plan }] = (await world.asWorkspace(
      world.acme.schema,
      `explain (analyze, format json) ${text}`,
      values,
    )) as [{ 'QUERY PLAN': [{ Plan: Plan }] }]
    const faults = faultsOf(plan[0].Plan)
    expect(faults, `${text}\n${JSON.stringify(plan, null, 1)}`).toEqual([])
  }
})

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  Plans?: Plan[]
}

function faultsOf(plan: Plan): string[] {
  const inner = (plan.Plans ?? []).flatMap(faultsOf)
  const table = plan['Relation Name'] ?? ''
  if (plan['Node Type'] === 'Seq Scan' && big.includes(table)) inner.push(`reads ${table} through`)
  const input = (plan.Plans ?? [])[0]
  const sorted = input ? input['Actual Rows'] * input['Actual Loops'] : 0
  if (plan['Node Type'] === 'Sort' && sorted > mostSorted) inner.push(`sorts ${sorted} rows`)
  return inner
}

type Statement = { text: string; values: unknown[] }

/** What the server asks the workspace's database meanwhile. Each client sends what it would have sent anyway. */
async function recorded(work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = []
  const original = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [Partial<Statement>]
    const isList = typeof first === 'object' && first.text?.startsWith('select') && this.user === world.acme.schema
    if (isList && first.text && / limit /.test(first.text))
      statements.push({ text: first.text, values: first.values ?? [] })
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as never
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original
  }
  return statements
}

/** A workspace that has been worked in for years, put there without its triggers: only the size matters here. */
async function fill(): Promise<typeof ids> {
  const { schema, ada, mia } = world.acme
  const run = (text: string) =>
    world.superuser(`set search_path = ${schema}; set session_replication_role = replica; ${text}`)
  const { id: webhook } = await ada.api.createWebhook({
    path: { workspace: 'acme' },
    body: { url: 'https://hooks.example.eu/x' },
  })
  const tables = [...big, 'task_viewer', 'project', 'tag', 'project_member']
  await run(tables.map(table => `alter table ${table} disable trigger all`).join(';'))
  const at = (n: string) => `timestamptz '2026-01-01' + ${n} * interval '5 minutes'`
  const id = (n: string) =>
    `(lpad(to_hex((extract(epoch from ${at(n)}) * 1000)::bigint), 12, '0') || '7000' || '8000' || lpad(to_hex(${n}), 12, '0'))::uuid`
  await run(`
    insert into project (id, key, name) select ${id('n')}, 'P' || n, 'Project ' || n from generate_series(1, 50) n;
    insert into project_member (project_id, member_id) select id, '${mia.memberId}' from project;
    insert into tag (id, name) select ${id('n')}, 'tag ' || n from generate_series(1, 200) n;
    insert into task (id, project_id, number, title, description, status, creator_id, assignee_id, due_on, position, created_at, updated_at)
      select ${id('n')}, p.id, n, 'Task ' || md5(n::text), case when n % 500 = 0 then 'a needle' else 'some hay' end,
        (array['todo', 'doing', 'done', 'backlog'])[n % 4 + 1], m.id, m.id,
        case when n % 3 = 0 then date '2026-01-01' + n % 365 end, n * 1024, ${at('n')}, ${at('n')}
      from generate_series(1, ${rows}) n
      join (select id, row_number() over (order by id) as r from project) p on p.r = n % 50 + 1
      join (select id, row_number() over (order by id) as r from member) m on m.r = n % 5 + 1;
    insert into task_tag (task_id, tag_id) select t.id, g.id from (select id, row_number() over (order by id) as r from task) t
      join (select id, row_number() over (order by id) as r from tag) g on g.r = t.r % 200 + 1;
    insert into task_viewer (task_id, member_id) select id, '${ada.memberId}' from task where number % 100 = 0;
    insert into comment (id, task_id, author_id, body, created_at)
      select ${id('t.number')}, t.id, t.creator_id, 'Comment ' || t.number, t.created_at from task t;
    insert into attachment (id, task_id, creator_id, name, media_type, size_bytes, sha256, created_at)
      select ${id('t.number')}, t.id, t.creator_id, 'note.txt', 'text/plain', 1, repeat('0', 64), t.created_at from task t;
    insert into time_entry (id, member_id, project_id, task_id, started_at, ended_at)
      select ${id('t.number')}, t.creator_id, t.project_id, t.id, t.created_at, t.created_at + interval '1 hour' from task t;
    insert into notification (id, member_id, event_id, kind, task_id, created_at, read_at)
      select ${id('t.number')}, t.creator_id, ${id('t.number')}, 'assigned', t.id, t.created_at,
        case when t.number % 10 > 0 then t.created_at end from task t;
    insert into audit_event (id, at, entity, entity_id, task_id, project_id, action, member_id, request_id, changes)
      select ${id('t.number')}, t.created_at, 'task', t.id, t.id, t.project_id, 'task.updated', t.creator_id, md5(t.number::text),
        jsonb_build_object('status', jsonb_build_object('from', 'todo', 'to', t.status), 'description', jsonb_build_object('from', '', 'to', t.description))
      from task t;
    insert into audit_leaf (event_id, index, at, terms, search)
      select e.id, row_number() over (order by e.id) - 1, e.at, audit_terms_${schema}(e), audit_search_${schema}(e) from audit_event e;
    insert into webhook (id, url, secret) select ${id('n')}, w.url, w.secret from webhook w, generate_series(1, 49) n;
    insert into webhook_delivery (webhook_id, id, action, status, attempts, attempt_count)
      select w.id, ${id('n')}, 'task.updated', 'delivered',
        '[{"at": "2026-01-01T00:00:00.000Z", "durationMs": 1, "responseStatus": 204, "answer": "", "error": null}]', 1
      from webhook w, generate_series(1, 1000) n;
    analyze`)
  await run('update workspace set sealed_xid = pg_snapshot_xmax(pg_current_snapshot())')
  await run(tables.map(table => `alter table ${table} enable trigger all`).join(';'))
  const [found] = await world.superuser<typeof ids>(
    `select t.project_id as project, t.id as task, (select tag_id from ${schema}.task_tag where task_id = t.id) as tag,
      t.creator_id as member, t.id as entity, md5(t.number::text) as request from ${schema}.task t where number = 50000`,
  )
  return { ...found!, webhook }
}
