import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { asSuperuser, copyOf, type Running, start } from './installation.ts'
import { requestBytes } from './line.ts'
import { load } from './load.ts'
import type { Options } from './options.ts'
import type { Results } from './results.ts'
import { memoryMiB } from './usage.ts'

/** What an installation with so many workspaces does; times in ms, what each workspace adds since the size before. */
export type Fleet = {
  size: number
  perSecond: number
  p99: number
  firstRequest: Times
  /** One right after the other: what the one before caused (its token was used) goes on beside it. */
  firstInBurst: Times | null
  create: number
  readyMs: number
  catalogueRows: number
  diskMiB: number
  serverMiB: number
  databaseMiB: number
}
/** (a) of the smallest and of the largest, in turns while both are there: rates, and the median of their ratios. */
export type Sizes = { small: number; large: number; smallPerSecond: number; largePerSecond: number; ratio: number }
export type Migration = {
  size: number
  seconds: number
  writes: number
  lost: number
  slowest: number
  nothingMs: number
}

type Place = { slug: string; schema: string; token: string; projectId: string }

type Places = { active: Place[]; idle: Place[]; burst: Place[]; others: Place[] }
type Times = { p50: number; p95: number }

const root = join(import.meta.dirname, '..')
const active = 100
const idle = 60
const burst = 40
const others = 10
/** By then what a first request causes is done: its notifications, the seal of its event. */
const pauseMs = 400
const email = 'ada@bench.example'
const password = 'correct horse battery staple'

/** An installation that grows: at each size it is measured, and at the last one all workspaces are migrated. */
export async function measureFleet(options: Options, results: Results): Promise<void> {
  const dataDir = join(options.folder, 'fleet')
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  let running = await start(dataDir, settings)
  let small: { dataDir: string; size: number; places: Places } | undefined
  try {
    running.kontor('workspace', 'create', '--name', 'first', '--slug', 'first', ...admin, '--json')
    for (const size of options.sizes) {
      const create = await grow(running, size)
      await running.stop()
      running = await start(dataDir, settings)
      const places = await prepare(running, size)
      results.put(`fleet/${size}`, await measureAt(running, places, size, create, options))
      if (small) {
        if (size === options.sizes.at(-1))
          results.put('sizes', await compareSizes(small, { running, size, places }, options))
        continue
      }
      await running.stop()
      small = { dataDir: copyOf(dataDir, 'fleet-small'), size, places }
      running = await start(dataDir, settings)
    }
    await migrateAll(running, options, results)
  } finally {
    await running.stop()
    for (const folder of [dataDir, small?.dataDir]) if (folder) rmSync(folder, { recursive: true, force: true })
  }
}

const admin = ['--admin-email', email, '--admin-password', password]
const settings = { KONTOR_SIGNUPS_PER_HOUR_PER_IP: '1000000' }

/** Makes workspaces up to that number. @returns the median time of the last ten, one after the other. */
async function grow({ port, superuser }: Running, size: number): Promise<number> {
  const url = `http://127.0.0.1:${port}`
  const headers = { origin: url, 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password })
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', headers, body })
  if (!signedIn.ok) throw new Error(`signing in was answered with ${signedIn.status}`)
  const cookie = signedIn.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')
  const have = await asSuperuser(superuser, client => client.query('select count(*)::int as n from platform.workspace'))
  let next: number = have.rows[0].n
  const make = async () => {
    const slug = `fleet-${next++}`
    const began = performance.now()
    const made = await fetch(`${url}/api/workspaces`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify({ name: slug, slug }),
    })
    if (!made.ok) throw new Error(`${slug} was answered with ${made.status}: ${await made.text()}`)
    await made.arrayBuffer()
    return performance.now() - began
  }
  const single = Math.min(10, size - next)
  const several = async () => {
    while (next < size - single) await make()
  }
  await Promise.all([several(), several()])
  const times: number[] = []
  while (next < size) times.push(await make())
  return median(times)
}

/** Gives a token to every workspace that is asked in the measurement, and 60 tasks in a project to the active ones. */
function prepare({ superuser }: Running, size: number): Promise<Places> {
  return asSuperuser(superuser, async client => {
    const { rows } = await client.query<{ slug: string; schema: string }>(
      `select slug, schema from platform.workspace where status = 'active' order by md5(slug || $1)`,
      [String(size)],
    )
    const count = Math.min(active, rows.length)
    const furnished = async (from: number, to: number, tasks: number) => {
      const places: Place[] = []
      for (const row of rows.slice(from, to)) places.push(await furnish(client, row, tasks))
      return places
    }
    const own = await furnished(0, count, 60)
    const resting = await furnished(count, count + idle + burst, 1)
    const further = await furnished(count + idle + burst, count + idle + burst + others, 1)
    await client.query('checkpoint')
    // Where all are active, they are what was idle until now.
    if (resting.length === 0) return { active: own, idle: own.slice(3), burst: [], others: own.slice(0, 3) }
    return { active: own, idle: resting.slice(0, idle), burst: resting.slice(idle), others: further }
  })
}

async function furnish(
  client: pg.Client,
  { slug, schema }: { slug: string; schema: string },
  tasks: number,
): Promise<Place> {
  const token = apiToken()
  await client.query(`set search_path = ${schema}`)
  await client.query(
    `insert into api_token (id, member_id, name, token_hash) select gen_random_uuid(), id, 'bench', $1 from member limit 1`,
    [hashToken(token)],
  )
  const { rows } = await client.query(
    `insert into project (id, key, name) select kontor.uuid7(), 'P' || count(*) + 1, 'Bench' from project returning id`,
  )
  const projectId: string = rows[0].id
  await client.query(
    `insert into task (id, project_id, number, title, description, position)
     select kontor.uuid7(), $1, 0, 'Task ' || n, repeat('Some words of a description. ', 10), n * 1024 from generate_series(1, $2) n`,
    [projectId, tasks],
  )
  await client.query('analyze task')
  return { slug, schema, token, projectId }
}

async function measureAt(
  running: Running,
  places: Places,
  size: number,
  create: number,
  { seconds, connections }: Options,
): Promise<Fleet> {
  const { port, superuser, server, database } = running
  // The process itself is warm, and nothing that the preparations caused runs beside: it is the workspace that is idle.
  await firstRequests(running, places.others, 0)
  await untilQuiet(running)
  const first = await firstRequests(running, places.idle, pauseMs)
  const inBurst = places.burst.length > 0 ? await firstRequests(running, places.burst, 0) : null
  const requests = places.active.map(pageOf)
  // A hundred logins and what they cause take some seconds.
  const { perSecond, p99 } = await load({ port, requests, connections, seconds: Math.max(5, seconds), warmUp: 15_000 })
  const sizes = await asSuperuser(superuser, client =>
    client.query(`select pg_database_size(current_database())::float8 as bytes, (
      select sum(n) from (
        select count(*) as n from pg_class union all select count(*) from pg_attribute union all
        select count(*) from pg_proc union all select count(*) from pg_trigger union all
        select count(*) from pg_constraint union all select count(*) from pg_index union all
        select count(*) from pg_type union all select count(*) from pg_attrdef union all
        select count(*) from pg_depend union all select count(*) from pg_shdepend) c)::float8 as rows`),
  )
  return {
    ...{ size, perSecond, p99, create, firstRequest: first, firstInBurst: inBurst, readyMs: running.readyMs },
    catalogueRows: sizes.rows[0].rows,
    diskMiB: sizes.rows[0].bytes / 2 ** 20,
    serverMiB: memoryMiB(server),
    databaseMiB: memoryMiB(database),
  }
}

/** Minutes lie between the sizes as they grow, in which the machine does not stay the same. */
async function compareSizes(
  small: { dataDir: string; size: number; places: Places },
  large: { running: Running; size: number; places: Places },
  { connections }: Options,
): Promise<Sizes> {
  const beside = await start(small.dataDir, settings)
  try {
    const ask = async ({ port }: Running, { active }: Places, seconds: number, warmUp: number) =>
      (await load({ port, requests: active.map(pageOf), connections, seconds, warmUp })).perSecond
    const turn = (seconds: number, warmUp: number) => [
      () => ask(beside, small.places, seconds, warmUp),
      () => ask(large.running, large.places, seconds, warmUp),
    ]
    for (const warm of turn(1, 15_000)) await warm()
    await untilQuiet(large.running)
    const rounds: { small: number; large: number }[] = []
    for (let round = 0; round < 9; round++) {
      const [first, second] = turn(2, 500)
      // Which of the two comes first changes.
      const [a, b] = round % 2 === 0 ? [await first!(), await second!()] : [await second!(), await first!()]
      rounds.push(round % 2 === 0 ? { small: a, large: b } : { small: b, large: a })
    }
    return {
      ...{ small: small.size, large: large.size },
      smallPerSecond: median(rounds.map(round => round.small)),
      largePerSecond: median(rounds.map(round => round.large)),
      ratio: median(rounds.map(round => round.large / round.small)),
    }
  } finally {
    await beside.stop()
  }
}

/** Until five seconds have passed without a job, and without a table that is being vacuumed; two minutes at most. */
async function untilQuiet({ superuser }: Running): Promise<void> {
  await asSuperuser(superuser, async client => {
    const until = performance.now() + 120_000
    for (let quiet = 0; quiet < 20 && performance.now() < until; ) {
      const { rows } = await client.query(
        `select exists (select from graphile_worker._private_jobs where run_at <= now() or locked_at is not null)
           or exists (select from pg_stat_activity where backend_type = 'autovacuum worker') as busy`,
      )
      quiet = rows[0].busy ? 0 : quiet + 1
      await wait(250)
    }
  })
}

/** Nobody has asked in these workspaces since the server started: each first request logs in to PostgreSQL. */
async function firstRequests({ port }: Running, places: readonly Place[], pauseMs: number): Promise<Times> {
  const times: number[] = []
  for (const { slug, token, projectId } of places) {
    const began = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}/api/workspaces/${slug}/tasks?project=${projectId}&limit=50`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`the first request to ${slug} was answered with ${answer.status}`)
    times.push(performance.now() - began)
    await wait(pauseMs)
  }
  return { p50: share(times, 0.5), p95: share(times, 0.95) }
}

function pageOf({ slug, token, projectId }: Place): Buffer {
  const path = `/api/workspaces/${slug}/tasks?project=${projectId}&limit=50`
  return requestBytes({ path, authorization: `Bearer ${token}` })
}

/** A newer copy of Kontor, with one migration more, migrates under the server while writers go on. */
async function migrateAll(running: Running, { folder, sizes }: Options, results: Results): Promise<void> {
  const code = join(folder, 'newer')
  rmSync(code, { recursive: true, force: true })
  for (const part of ['server', 'sql', 'package.json']) cpSync(join(root, part), join(code, part), { recursive: true })
  for (const part of ['node_modules', 'client', 'web']) symlinkSync(join(root, part), join(code, part))
  writeFileSync(
    join(code, 'sql/workspace/9999-bench.sql'),
    'alter table task add column bench_note text;\nalter table workspace add column bench_note text;\n',
  )
  const { active: places } = await prepare(running, 0)
  const requests = places.map(({ slug, token, projectId }, n) =>
    requestBytes({
      method: 'POST',
      path: `/api/workspaces/${slug}/tasks`,
      authorization: `Bearer ${token}`,
      body: { projectId, title: `Written meanwhile ${n}` },
    }),
  )
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
    ...{ KONTOR_DATA_DIR: running.dataDir, KONTOR_LOG_LEVEL: 'fatal' },
  }
  const migrate = () => spawn(process.execPath, [join(code, 'server/cli/main.ts'), 'migrate'], { env, stdio: 'ignore' })
  const tally = { writes: 0, lost: 0, slowest: 0 }
  let isOver = false
  const writing = (async () => {
    while (!isOver) {
      const measured = await load({ port: running.port, requests, connections: 4, seconds: 1, warmUp: 0, rate: 50 })
      tally.writes += Math.round(measured.perSecond)
      tally.lost += measured.failed
      tally.slowest = Math.max(tally.slowest, measured.p99)
    }
  })()
  await wait(1_000)
  const timed = async () => {
    const began = performance.now()
    const code = await new Promise(resolve => migrate().once('exit', resolve))
    if (code !== 0) throw new Error(`kontor migrate ended with ${code}`)
    return performance.now() - began
  }
  try {
    const ms = await timed()
    isOver = true
    await writing
    const { rows } = await asSuperuser(running.superuser, client =>
      client.query(`select count(*)::int as n from platform.workspace where schema_version <> '9999-bench'`),
    )
    if (rows[0].n > 0) throw new Error(`${rows[0].n} workspaces were not migrated`)
    results.put('migration', {
      size: sizes.at(-1)!,
      seconds: ms / 1_000,
      ...tally,
      nothingMs: await timed(),
    } satisfies Migration)
  } finally {
    isOver = true
    rmSync(code, { recursive: true, force: true })
  }
}

function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
}

function median(values: readonly number[]): number {
  return share(values, 0.5)
}
