import pg from 'pg'
import { share } from './compare.ts'
import { startKontor } from './start-kontor.ts'

const port = 8794
const events = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 40)

/**
 * `node bench/audit-queries.ts [events [rounds]]`: a year of history in one workspace, and how long filtered pages of 50
 * take through HTTP. The issue allows 50 ms at the 95th percentile, each kind of filter by itself.
 */
const kontor = await startKontor(port)
const admin = new pg.Client(kontor.kontor('database', 'url', '--as', 'superuser').trim())
try {
  const origin = { origin: kontor.url, 'content-type': 'application/json' }
  const body = JSON.stringify({ email: kontor.email, password: kontor.password })
  const signedIn = await fetch(`${kontor.url}/api/session`, { method: 'POST', headers: origin, body })
  const cookie = signedIn.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ')
  await admin.connect()
  const { rows } = await admin.query(`select schema from platform.workspace where slug = 'bench'`)
  const schema: string = rows[0].schema
  const began = performance.now()
  await fill(schema)
  console.log(`${events.toLocaleString('en')} events made in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  const size = await admin.query(`select pg_size_pretty(pg_total_relation_size('${schema}.audit_event')) as events,
    pg_size_pretty(pg_total_relation_size('${schema}.audit_leaf')) as leaves`)
  console.log(`on disk: events ${size.rows[0].events}, leaves with their index ${size.rows[0].leaves}\n`)
  const sample =
    await admin.query(`select e.entity_id, e.task_id, e.member_id, e.request_id from ${schema}.audit_event e
    where e.task_id is not null and e.member_id is not null limit 200 offset ${Math.floor(events / 2)}`)
  const pick = (name: string) => (n: number) => sample.rows[n % sample.rows.length][name] as string
  const month = (n: number) => `2025-${String((n % 11) + 1).padStart(2, '0')}-01T00:00:00Z`
  const kinds: Record<string, (n: number) => string> = {
    nothing: () => '',
    object: n => `entityId=${pick('entity_id')(n)}`,
    task: n => `taskId=${pick('task_id')(n)}`,
    member: n => `memberId=${pick('member_id')(n)}`,
    'action, common': () => 'action=task.updated',
    'action, one in 1,000': () => 'action=webhook.updated',
    'action, never': () => 'action=role.deleted',
    'entity, one in 1,000': () => 'entity=webhook',
    'field, common': () => 'field=status',
    'field, one in 1,000': () => 'field=url',
    period: n => `since=${month(n)}&until=${month(n + 1)}`,
    'text, in half of all': () => 'q=word0',
    'text, one in 100': n => `q=word${90 + (n % 10)}`,
    'text, one in 10,000': n => `q=rare${n % 100}`,
    'text, never': () => 'q=nowhere',
    'two words': n => `q=word${n % 10}%20word${90 + (n % 10)}`,
    'beginning of a word': n => `q=rare${n % 10}`,
    request: n => `requestId=${pick('request_id')(n)}`,
    'member and text': n => `memberId=${pick('member_id')(n)}&q=word${90 + (n % 10)}`,
    'task and field': n => `taskId=${pick('task_id')(n)}&field=status`,
    'period and rare text': n => `since=${month(n)}&until=${month(n + 1)}&q=rare${n % 100}`,
    'entity and member': n => `entity=comment&memberId=${pick('member_id')(n)}`,
  }
  for (const [kind, query] of Object.entries(kinds)) {
    const times: number[] = []
    let found = 0
    for (let n = 0; n < rounds; n++) {
      const start = performance.now()
      const path = `/api/workspaces/bench/audit-events?limit=50&${query(n)}`
      const answer = await fetch(kontor.url + path, { headers: { cookie } })
      const { items } = (await answer.json()) as { items?: unknown[] }
      if (!items) throw new Error(`${path}: ${answer.status}`)
      times.push(performance.now() - start)
      found = items.length
    }
    const [p50, p95] = [share(times, 0.5), share(times, 0.95)]
    console.log(
      `${kind.padEnd(22)} p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms  ${found} events`,
    )
  }
} finally {
  await admin.end()
  await kontor.stop()
}

/** Events and leaves as triggers and sealing would have left them, in bulk; the tree is left out, for no page reads it. */
async function fill(schema: string): Promise<void> {
  await admin.query(`set search_path = ${schema}`)
  await admin.query(`create temporary table bench_member as
    select gen_random_uuid() as id, 'Person ' || n as name, n from generate_series(0, 19) n`)
  await admin.query(
    `create temporary table bench_task as select gen_random_uuid() as id, n from generate_series(0, 9999) n`,
  )
  const step = 100_000
  for (let from = 0; from < events; from += step) {
    await admin.query(
      `insert into audit_event (id, at, entity, entity_id, task_id, action, member_id, member_name, request_id, changes)
       select e.id, e.at, kind, case kind when 'task' then t.id else gen_random_uuid() end,
         case when kind in ('task', 'comment') then t.id end, kind || '.' || verb, m.id, m.name, gen_random_uuid()::text,
         case kind when 'comment' then jsonb_build_object('body', jsonb_build_object('from', null, 'to', words))
           when 'webhook' then jsonb_build_object('url', jsonb_build_object('from', words, 'to', words))
           else jsonb_build_object('status', jsonb_build_object('from', 'todo', 'to', 'doing'),
             'description', jsonb_build_object('from', null, 'to', words)) end
       from (
         select n, at, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || substr(replace(gen_random_uuid()::text, '-', ''), 13))::uuid as id,
           case when n % 1000 = 0 then 'webhook' when n % 5 = 0 then 'comment' else 'task' end as kind,
           case when n % 1000 = 0 then 'updated' when n % 5 = 0 or n % 7 = 0 then 'created' else 'updated' end as verb,
           case when n % 2 = 0 then 'word0 ' else '' end || 'word' || n % 100 || ' word' || (n / 7) % 1000 || ' more of this and that '
             || case when n % 100 = 3 then 'rare' || (n / 100) % 100 else '' end as words
         from (select n, timestamptz '2025-01-01' + n * interval '365 days' / $3 as at from generate_series($1::bigint, $2::bigint) n) a
       ) e
       join bench_member m on m.n = e.n / 3 % 20
       join bench_task t on t.n = (e.n * 7919) % 10000`,
      [from, Math.min(from + step, events) - 1, events],
    )
  }
  await admin.query(`insert into audit_leaf (event_id, index, at, terms, search)
    select e.id, row_number() over (order by e.id) - 1, e.at, audit_terms_${schema}(e), audit_search_${schema}(e)
    from audit_event e on conflict do nothing`)
  await admin.query(`update workspace set sealed_xid = pg_snapshot_xmax(pg_current_snapshot()), sealed_seq = 0`)
  await admin.query('vacuum analyze audit_event')
  await admin.query('vacuum analyze audit_leaf')
}
