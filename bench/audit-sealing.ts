import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { share } from './compare.ts'
import { measure } from './load.ts'
import { type Kontor, startKontor } from './start-kontor.ts'
import { cpuSeconds, databaseProcesses, parentOf, serverProcesses } from './usage.ts'

const ports = [8796, 8797]
const tailMs = 2_500
const connections = 4
const [seconds, rounds] = [Number(process.argv[2] ?? 4), Number(process.argv[3] ?? 16)]

const titles = {
  writes: 'writes in the same time',
  serverMs: 'processor time of the server for a write',
  databaseMs: 'processor time of PostgreSQL for a write',
  bothMs: 'both together',
} satisfies Record<keyof Ratios, string>

/**
 * `node bench/audit-sealing.ts [seconds] [rounds]`: what sealing costs writers. Tasks are created as fast as it goes in two
 * installations at the same time, of which one seals and the other does not, the other way round in every second round:
 * whatever else the machine does meets both alike. Without sealing means that its position is put at the end of time;
 * everything else is the same. Processor time counts from the first write until the last event is sealed.
 */
const kontors: Kontor[] = []
const sides: Side[] = []
try {
  for (const port of ports) {
    const kontor = await startKontor(port)
    kontors.push(kontor)
    sides.push(await openSide(kontor, port))
  }
  const ratios: Ratios[] = []
  for (let round = 0; round < rounds + 2; round++) {
    const on = round % 2
    await Promise.all(sides.map((side, n) => side.begin(n === on)))
    const turns = await Promise.all(sides.map((side, n) => side.take(n === on)))
    const [sealed, other] = [turns[on]!, turns[1 - on]!]
    console.log(
      `with ${describe(sealed)}, all sealed after ${sealed.sealedAfterMs.toFixed(0)} ms; without ${describe(other)}`,
    )
    // The first two warm up, one side each.
    if (round < 2) continue
    const of = (field: keyof Turn) => sealed[field] / other[field]
    ratios.push({ writes: of('writes'), serverMs: of('serverMs'), databaseMs: of('databaseMs'), bothMs: of('bothMs') })
  }
  for (const [field, title] of Object.entries(titles)) {
    const found = ratios.map(each => each[field as keyof Ratios])
    const [low, median, high] = [0.25, 0.5, 0.75].map(part => percent(share(found, part)))
    console.log(`${title}: ${median} with sealing (half of the rounds between ${low} and ${high})`)
  }
} finally {
  for (const side of sides) await side.close()
  for (const kontor of kontors) await kontor.stop()
}

type Side = Awaited<ReturnType<typeof openSide>>
type Ratios = Record<'writes' | 'serverMs' | 'databaseMs' | 'bothMs', number>
/** How many writes there were, and the processor time of one in milliseconds. */
type Turn = Ratios & { sealedAfterMs: number }

async function openSide(kontor: Kontor, port: number) {
  const admin = new pg.Client(kontor.kontor('database', 'url', '--as', 'superuser').trim())
  await admin.connect()
  const { rows } = await admin.query<{ schema: string; pid: number }>(
    `select schema, pg_backend_pid() as pid from platform.workspace where slug = 'bench'`,
  )
  await admin.query(`set search_path = ${rows[0]!.schema}`)
  const server = serverProcesses(kontor.pid)
  const database = databaseProcesses(parentOf(rows[0]!.pid))
  const place = await makeProject(kontor)
  let before: { server: number; database: number; events: number }
  return {
    async begin(isSealing: boolean): Promise<void> {
      const position = isSealing ? 'pg_current_xact_id()' : `'9223372036854775807'`
      await admin.query(`update workspace set sealed_seq = 0, sealed_xid = ${position}`)
      before = await usage()
    },
    async take(isSealing: boolean): Promise<Turn> {
      const { failed } = await measure({ port, connections, seconds, warmUp: 0, ...place })
      if (failed > 0) throw new Error(`${failed} writes were refused`)
      const ended = performance.now()
      if (isSealing) await untilSealed(admin)
      const sealedAfterMs = performance.now() - ended
      // Equally long on both sides, so that what follows a write anyway (notifications, the queue) is in both.
      await wait(Math.max(0, tailMs - sealedAfterMs))
      const after = await usage()
      const writes = after.events - before.events
      const [serverMs, databaseMs] = (['server', 'database'] as const).map(
        part => ((after[part] - before[part]) * 1_000) / writes,
      ) as [number, number]
      return { writes, serverMs, databaseMs, bothMs: serverMs + databaseMs, sealedAfterMs }
    },
    close: () => admin.end(),
  }

  async function usage() {
    const { rows } = await admin.query<{ count: number }>(`select count(*)::int as count from audit_event`)
    return { server: cpuSeconds(server), database: cpuSeconds(database), events: rows[0]!.count }
  }
}

/** Looking costs less than what is looked for. */
async function untilSealed(admin: pg.Client): Promise<void> {
  const { rows: last } = await admin.query(
    'select xid::text, seq from audit_event order by audit_event.xid desc, seq desc limit 1',
  )
  const position = [last[0]!.xid, last[0]!.seq]
  for (;;) {
    const { rows } = await admin.query(
      'select from workspace where (sealed_xid, sealed_seq) >= ($1::text::xid8, $2::bigint)',
      position,
    )
    if (rows.length > 0) return
    await wait(50)
  }
}

async function makeProject({ url, email, password }: Kontor) {
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

function describe({ writes, serverMs, databaseMs }: Turn): string {
  return `${writes} writes of ${serverMs.toFixed(2)} + ${databaseMs.toFixed(2)} ms`
}

function percent(ratio: number): string {
  return `${((ratio - 1) * 100).toFixed(1)} %`
}
