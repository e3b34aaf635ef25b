import pg from 'pg'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { idOf, ownProjects, sizes, taskCount } from './ids.ts'
import { createRandom, type Random } from './random.ts'

/** Who asks: an API token of the tenth member, and one of the first admin. */
export type Tokens = { member: string; admin: string }
export type SeededWorkspace = { slug: string; schema: string; number: number; tokens: Tokens }

export const words = (
  'plan review deploy fix write test draft update check call invoice design migrate customer server report budget ' +
  'meeting contract release backlog search index login export import billing storage network schedule board sprint ' +
  'feature page button table column filter'
).split(' ')
const statuses = ['todo', 'doing', 'review', 'done']
const priorities = ['low', 'medium', 'high', 'urgent']
const lastDay = Date.UTC(2025, 5, 30)
const dayMs = 86_400_000
const rowsAtOnce = 2_000

/**
 * Fills a workspace with the reference stack's data set: in bulk, with every trigger on, as the superuser. All projects
 * are private, because there a member sees only the projects that name them.
 * @param number makes the ids of this workspace differ from those of the others.
 */
export async function seed(url: string, made: { slug: string; schema: string; adminId: string }, number: number) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`set search_path = ${made.schema}`)
    await client.query(
      `select set_config('kontor.member', $1, false), set_config('kontor.member_name', 'Ada', false)`,
      [made.adminId],
    )
    await client.query('begin')
    const random = createRandom(42 + number)
    const members = await seedMembers(client, made.adminId, number)
    const tags = await seedPlaces(client, number, members)
    await seedTasks(client, random, number, members, tags)
    await seedWork(client, random, number, members)
    const tokens = { member: await token(client, members[9]!), admin: await token(client, members[0]!) }
    // Here the reference stack has no such limit, and pgbench comes with sixteen beside Kontor's own.
    await client.query(`alter role ${made.schema} connection limit 64`)
    await client.query('commit')
    return { slug: made.slug, schema: made.schema, number, tokens } satisfies SeededWorkspace
  } finally {
    await client.end()
  }
}

async function seedMembers(client: pg.Client, adminId: string, number: number): Promise<string[]> {
  const members = [adminId, ...range(1, sizes.members).map(n => idOf('member', number, n))]
  const roleOf = (n: number) => (n < 2 ? 'admin' : n < 5 ? 'manager' : 'member')
  const rows = members.map((id, n) => ({ id, n, role: roleOf(n) })).slice(1)
  await client.query(
    `insert into member (id, email, name, role_id)
     select t.id, 'user' || t.n || '@example.org', 'First' || t.n || ' Lastname' || t.n, r.id
     from jsonb_to_recordset($1) as t (id uuid, n integer, role text) join role r on r.builtin = t.role`,
    [JSON.stringify(rows)],
  )
  return members
}

async function seedPlaces(client: pg.Client, number: number, members: readonly string[]): Promise<string[]> {
  const projects = range(0, sizes.projects).map(n => ({
    id: idOf('project', number, n),
    key: `P${n + 1}`,
    name: `Project ${n + 1}`,
    creator_id: members[n % 5],
    private: true,
  }))
  await insert(client, 'project', 'id uuid, key text, name text, creator_id uuid, private boolean', projects)
  const named = projects.flatMap(({ id }, n) => {
    const places = new Set(range(0, 8).map(k => ((n + 1) * 7 + k * 3) % sizes.members))
    if (n < ownProjects) places.add(9)
    return [...places].map(place => ({ project_id: id, member_id: members[place] }))
  })
  await insert(client, 'project_member', 'project_id uuid, member_id uuid', named)
  const tags = range(0, sizes.tags).map(n => ({ id: idOf('tag', number, n), name: `tag-${n + 1}` }))
  await insert(client, 'tag', 'id uuid, name text', tags)
  return tags.map(tag => tag.id)
}

async function seedTasks(
  client: pg.Client,
  random: Random,
  number: number,
  members: readonly string[],
  tags: readonly string[],
): Promise<void> {
  const tasks = range(0, taskCount).map(n => ({
    id: idOf('task', number, n),
    project_id: idOf('project', number, Math.floor(n / sizes.tasksPerProject)),
    number: 0,
    title: `${text(random, 6)} #${(n % sizes.tasksPerProject) + 1}`,
    description: text(random, 40),
    status: random.pick(statuses),
    priority: random.pick(priorities),
    creator_id: random.pick(members),
    assignee_id: random.next() < 0.9 ? random.pick(members) : null,
    due_on: random.next() < 0.7 ? day(lastDay + random.between(-60, 60) * dayMs) : null,
    position: ((n % sizes.tasksPerProject) + 1) * 1024,
  }))
  const columns =
    'id uuid, project_id uuid, number integer, title text, description text, status text, priority text, ' +
    'creator_id uuid, assignee_id uuid, due_on date, position float8'
  await insert(client, 'task', columns, tasks)
  const links = (of: readonly string[], counts: readonly number[], as: string) =>
    tasks.flatMap(({ id }) => random.sample(of, random.pick(counts)).map(other => ({ task_id: id, [as]: other })))
  await insert(client, 'task_tag', 'task_id uuid, tag_id uuid', links(tags, [0, 1, 2, 2, 3, 4], 'tag_id'))
  await insert(client, 'task_viewer', 'task_id uuid, member_id uuid', links(members, [0, 0, 1, 2], 'member_id'))
}

async function seedWork(client: pg.Client, random: Random, number: number, members: readonly string[]): Promise<void> {
  const comments = range(0, sizes.comments).map(n => ({
    id: idOf('comment', number, n),
    task_id: idOf('task', number, random.between(0, taskCount - 1)),
    author_id: random.pick(members),
    body: text(random, random.between(5, 40)),
  }))
  await insert(client, 'comment', 'id uuid, task_id uuid, author_id uuid, body text', comments)
  const entries = range(0, sizes.timeEntries).map(n => {
    const task = random.between(0, taskCount - 1)
    const began = lastDay - random.between(0, 181) * dayMs + 8 * 3_600_000
    return {
      id: idOf('time_entry', number, n),
      member_id: random.pick(members),
      project_id: idOf('project', number, Math.floor(task / sizes.tasksPerProject)),
      task_id: idOf('task', number, task),
      started_at: new Date(began).toISOString(),
      ended_at: new Date(began + random.between(5, 240) * 60_000).toISOString(),
      note: text(random, 4),
      billable: n % 2 === 0,
      rate_cents: 8500,
    }
  })
  const columns =
    'id uuid, member_id uuid, project_id uuid, task_id uuid, started_at timestamptz, ended_at timestamptz, ' +
    'note text, billable boolean, rate_cents integer'
  await insert(client, 'time_entry', columns, entries)
}

async function token(client: pg.Client, memberId: string): Promise<string> {
  const made = apiToken()
  await client.query(
    `insert into api_token (id, member_id, name, token_hash) values (gen_random_uuid(), $1, 'bench', $2)`,
    [memberId, hashToken(made)],
  )
  return made
}

async function insert(client: pg.Client, table: string, columns: string, rows: readonly object[]): Promise<void> {
  const names = columns
    .split(', ')
    .map(column => column.split(' ')[0])
    .join(', ')
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await client.query(
      `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1) as t (${columns})`,
      [JSON.stringify(rows.slice(from, from + rowsAtOnce))],
    )
  }
}

function text(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.pick(words)).join(' ')
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n)
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
