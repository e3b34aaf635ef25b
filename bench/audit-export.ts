import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { startKontor } from './start-kontor.ts'

const events = Number(process.argv[2] ?? 1_000_000)
const port = 8797

/**
 * `node scripts/program.mjs bench/audit-export.ts [events]`: how much memory a real server process takes while it sends the
 * whole history of a workspace, as CSV and as NDJSON with proofs, and how fast; to a client that reads as fast as it can,
 * and to one that stops in between. Then the same by `kontor audit export`, a process of its own.
 */
const kontor = await startKontor(port)
const atStart = rss()
const client = new pg.Client(kontor.kontor('database', 'url', '--as', 'superuser').trim())
await client.connect()
try {
  const { schema, token } = await fill()
  await sealed(schema, token)
  console.log(
    `${events} events; the process has ${megabytes(rss())} MB before (${megabytes(atStart)} MB at its start)\n`,
  )
  for (const format of ['csv', 'ndjson']) await measure(format, token)
  await measure('ndjson', token, 5_000)
  for (const format of ['csv', 'ndjson']) await measureCommand(format)
} finally {
  await client.end()
  await kontor.stop()
}

async function fill(): Promise<{ schema: string; token: string }> {
  kontor.kontor('workspace', 'plan', 'bench', 'business')
  const { rows } = await client.query("select schema from platform.workspace where slug = 'bench'")
  const { schema } = rows[0]
  await client.query(`set search_path = ${schema}`)
  const token = apiToken()
  await client.query(
    `insert into api_token (id, member_id, name, token_hash) select gen_random_uuid(), id, 'bench', $1 from member limit 1`,
    [hashToken(token)],
  )
  const each = 50_000
  for (let made = 0; made < events; made += each)
    await client.query(
      `insert into audit_event (id, entity, entity_id, task_id, project_id, action, member_id, member_name, request_id, address, changes)
       select kontor.uuid7(), 'task', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'task.updated', m.id, m.name,
         gen_random_uuid()::text, '192.0.2.7', jsonb_build_object('status', jsonb_build_object('from', 'todo', 'to', 'doing'),
         'title', jsonb_build_object('from', 'Task ' || n, 'to', 'Task ' || n || ' with a title as long as most are'))
       from (select id, name from member limit 1) m cross join generate_series(1, $1) n`,
      [Math.min(each, events - made)],
    )
  // Whoever reads events for notifications has nothing to do with so many at once.
  await client.query(
    'update workspace set (notified_xid, notified_seq) = (select xid, seq from audit_event order by xid desc, seq desc limit 1)',
  )
  await client.query('analyze')
  return { schema, token }
}

/** Waits until the server has sealed what was written. A change through it calls the job that does. */
async function sealed(schema: string, token: string): Promise<void> {
  await fetch(`${kontor.url}/api/workspaces/bench/tags`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'sealed' }),
  })
  for (;;) {
    const { rows } = await client.query(
      `select (select sealed_size from ${schema}.workspace)::int as sealed, (select count(*) from ${schema}.audit_event)::int as events`,
    )
    if (rows[0].sealed >= events) break
    console.error(`sealed: ${rows[0].sealed} of ${rows[0].events}`)
    await new Promise(resolve => setTimeout(resolve, 2_000))
  }
}

async function measure(format: string, token: string, pauseMs = 0): Promise<void> {
  const before = rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, rss())
  }, 50)
  const started = performance.now()
  const answer = await fetch(`${kontor.url}/api/workspaces/bench/audit-events/export?format=${format}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(await answer.text())
  const first = performance.now() - started
  let bytes = 0
  for await (const chunk of answer.body!) {
    bytes += chunk.length
    if (pauseMs > 0 && bytes > 5_000_000) {
      await new Promise(resolve => setTimeout(resolve, pauseMs))
      break
    }
  }
  clearInterval(watch)
  const seconds = (performance.now() - started) / 1000
  const speed = pauseMs > 0 ? 'stopped reading' : `${Math.round(events / seconds)} events/s`
  console.log(
    `${format.padEnd(7)} ${megabytes(bytes)} MB in ${seconds.toFixed(1)} s (first byte ${first.toFixed(0)} ms), ${speed};`,
    `process ${megabytes(before)} MB before, ${megabytes(most)} MB at most`,
  )
}

async function measureCommand(format: string): Promise<void> {
  const started = performance.now()
  const output = join(tmpdir(), `kontor-bench-${process.pid}.${format}`)
  const command = kontor.begin('audit', 'export', '--workspace', 'bench', '--format', format, '--output', output)
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(command.pid!, 'VmHWM'))
  }, 50)
  await once(command, 'exit')
  clearInterval(watch)
  rmSync(output, { force: true })
  const seconds = (performance.now() - started) / 1000
  console.log(
    `${format.padEnd(7)} by the command line in ${seconds.toFixed(1)} s; process ${megabytes(most)} MB at most`,
  )
}

function rss(): number {
  return memoryOf(kontor.pid, 'VmRSS')
}

/** Nothing once the process has ended. */
function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  try {
    const [, kilobytes] = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0)
}
