import { execFileSync } from 'node:child_process'
import pg from 'pg'
import { apiToken, hashToken } from '#server/crypto/token.ts'

/** Fills a workspace with the data set that the rivals are measured on, and makes a token for its admin. */
export async function seed(
  main: string,
  env: NodeJS.ProcessEnv,
): Promise<{ token: string; project: string; task: string; day: string }> {
  const kontor = (...args: string[]) => execFileSync(process.execPath, [main, ...args], { env }).toString()
  const { adminId, schema } = JSON.parse(
    kontor(
      'workspace',
      'create',
      '--name',
      'Bench',
      '--slug',
      'bench',
      '--admin-email',
      'ada@bench.example',
      '--plan',
      'business',
      '--json',
    ),
  )
  const client = new pg.Client(kontor('database', 'url', '--as', 'superuser').trim())
  await client.connect()
  try {
    await client.query(`set search_path = ${schema}`)
    const token = apiToken()
    await client.query(
      `insert into api_token (id, member_id, name, token_hash) values (gen_random_uuid(), $1, 'bench', $2)`,
      [adminId, hashToken(token)],
    )
    for (const text of statements) await client.query(text.replaceAll(':admin', `'${adminId}'`))
    await client.query(`analyze`)
    const { rows } = await client.query(
      `select t.id as task, t.project_id as project from task t join project p on p.id = t.project_id where p.key = 'P7' order by t.position limit 1`,
    )
    return { token, day: '2026-03-02', ...rows[0] }
  } finally {
    await client.end()
  }
}

const statements = [
  `insert into member (id, email, name, role_id)
   select kontor.uuid7(), 'member' || n || '@bench.example', 'Member ' || n, (select id from role where builtin = 'member') from generate_series(1, 19) n`,
  `insert into project (id, key, name, creator_id) select kontor.uuid7(), 'P' || n, 'Project ' || n, :admin from generate_series(1, 50) n`,
  `insert into tag (id, name) select kontor.uuid7(), 'tag ' || n from generate_series(1, 50) n`,
  `insert into task (id, project_id, number, title, description, status, priority, creator_id, assignee_id, position)
   select kontor.uuid7(), p.id, 0, 'Task ' || n || case when n % 100 = 0 then ' needle' else '' end, repeat('Some words of a description. ', 10),
     (array['backlog', 'todo', 'doing', 'review', 'done'])[1 + n % 5], (array['none', 'low', 'medium', 'high'])[1 + n % 4], :admin,
     (select id from member order by id offset n % 20 limit 1), n * 1024
   from project p cross join generate_series(1, 200) n`,
  `insert into task_tag (task_id, tag_id) select t.id, g.id from task t join lateral (select id from tag order by md5(tag.id::text || t.number) limit 2) g on true`,
  `insert into comment (id, task_id, author_id, body) select kontor.uuid7(), t.id, :admin, 'A comment about it.' from task t cross join generate_series(1, 2)`,
  `insert into time_entry (id, member_id, project_id, task_id, started_at, ended_at, billable, rate_cents)
   select kontor.uuid7(), :admin, t.project_id, t.id, '2026-01-05 08:00Z'::timestamptz + (t.number * interval '1 day'), '2026-01-05 08:45Z'::timestamptz + (t.number * interval '1 day'), true, 8500
   from task t cross join generate_series(1, 2)`,
]
