import pg from 'pg'
import { share } from './compare.ts'
import { measure } from './load.ts'
import { startKontor } from './start-kontor.ts'
import { cpuSeconds, databaseProcesses, parentOf, serverProcesses } from './usage.ts'

const port = 8796
const tailMs = 4_000
const connections = 8
const [seconds, rounds] = [Number(process.argv[2] ?? 4), Number(process.argv[3] ?? 15)]

/**
 * `node bench/audit-sealing.ts [seconds] [rounds]`: what sealing costs writers. Tasks are created as fast as it goes, in
 * turns with sealing and without, on one installation; server, worker, PostgreSQL and load share the machine. Without
 * means that the position of sealing is put at the end of time: everything else is the same. Processor time counts from
 * the first write until the last event is sealed, and says more than the rate where others use the machine too.
 */
const kontor = await startKontor(port)
const admin = new pg.Client(kontor.kontor('database', 'url', '--as', 'superuser').trim())
try {
  await admin.connect()
  const { rows } = await admin.query<{ schema: string; pid: number }>(
    `select schema, pg_backend_pid() as pid from platform.workspace where slug = 'bench'`,
  )
  await admin.query(`set search_path = ${rows[0]!.schema}`)
  const server = serverProcesses(kontor.pid)
  const database = databaseProcesses(parentOf(rows[0]!.pid))
  const place = await open()
  const found = { on: [] as Turn[], off: [] as Turn[] }
  for (let round = 0; round <= rounds; round++) {
    // Which of the two comes first changes, because the tables grow.
    for (const mode of round % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
      const turn = await takeTurn(mode)
      // The first round warms up.
      if (round > 0) found[mode].push(turn)
      console.log(mode.padEnd(4), describe(turn))
    }
  }
  const median = (mode: 'on' | 'off', field: keyof Turn) =>
    share(
      found[mode].map(turn => turn[field]),
      0.5,
    )
  for (const field of ['perSecond', 'serverMs', 'databaseMs', 'bothMs'] as const) {
    const [on, off] = [median('on', field), median('off', field)]
    console.log(`${field}: with sealing ${on.toFixed(2)}, without ${off.toFixed(2)}; ${percent(on / off)}`)
  }
  console.log(`the last event of a turn was sealed after ${median('on', 'sealedAfterMs').toFixed(0)} ms`)

  async function takeTurn(mode: 'on' | 'off'): Promise<Turn> {
    const position = mode === 'on' ? 'pg_current_xact_id()' : `'9223372036854775807'`
    await admin.query(`update workspace set sealed_seq = 0, sealed_xid = ${position}`)
    const before = await countEvents()
    const [serverBefore, databaseBefore] = [cpuSeconds(server), cpuSeconds(database)]
    const { perSecond, failed } = await measure({ port, connections, seconds, warmUp: 100, ...place })
    if (failed > 0) throw new Error(`${failed} writes were refused`)
    const sealedAfterMs = await waitMs()
    // Equally long in both, so that what follows a write anyway (notifications, the queue) is in both.
    await new Promise(resolve => setTimeout(resolve, Math.max(0, tailMs - sealedAfterMs)))
    const writes = (await countEvents()) - before
    const serverMs = ((cpuSeconds(server) - serverBefore) * 1_000) / writes
    const databaseMs = ((cpuSeconds(database) - databaseBefore) * 1_000) / writes
    return { perSecond, serverMs, databaseMs, bothMs: serverMs + databaseMs, sealedAfterMs }
  }
} finally {
  await admin.end()
  await kontor.stop()
}

/** Processor time is that of one write, in milliseconds. */
type Turn = { perSecond: number; serverMs: number; databaseMs: number; bothMs: number; sealedAfterMs: number }

function describe({ perSecond, serverMs, databaseMs, sealedAfterMs }: Turn): string {
  return (
    `${perSecond.toFixed(0)}/s; a write takes ${serverMs.toFixed(2)} ms of the server, ${databaseMs.toFixed(2)} ms of ` +
    `PostgreSQL; all sealed after ${sealedAfterMs.toFixed(0)} ms`
  )
}

async function countEvents(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(`select count(*)::int as count from audit_event`)
  return rows[0]!.count
}

/** How long the events that are left take, from the end of the load on. Looking costs less than what is looked for. */
async function waitMs(): Promise<number> {
  const began = performance.now()
  const { rows: last } = await admin.query(
    'select xid::text, seq from audit_event order by audit_event.xid desc, seq desc limit 1',
  )
  const position = [last[0]!.xid, last[0]!.seq]
  for (;;) {
    const { rows } = await admin.query(
      'select from workspace where (sealed_xid, sealed_seq) >= ($1::text::xid8, $2::bigint)',
      position,
    )
    if (rows.length > 0) return performance.now() - began
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

async function open() {
  const { url, email, password } = kontor
  const origin = { origin: url, 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password })
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', headers: origin, body })
  const cookie = signedIn.headers.getSetCookie().map(line => line.split(';')[0])
  const base = '/api/workspaces/bench'
  const post = async (path: string, values: object) => {
    const headers = { ...origin, cookie: cookie.join('; ') }
    const response = await fetch(url + base + path, { method: 'POST', headers, body: JSON.stringify(values) })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as { id: string; token: string }
  }
  const { token } = await post('/api-tokens', { name: 'bench' })
  const { id: projectId } = await post('/projects', { name: 'Bench' })
  const task = (n: number) => ({
    projectId,
    title: `Task ${n}`,
    description: 'Say in a sentence or two what it is about.',
  })
  return { token, path: `${base}/tasks`, method: 'POST', body: task }
}

function percent(ratio: number): string {
  return `${((ratio - 1) * 100).toFixed(1)} %`
}
