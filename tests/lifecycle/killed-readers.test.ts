import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApiProblem, type Client, createClient } from '#client'
import { findRunning } from '#server/installation.ts'
import { startReceiver } from '#tests/events/receiver.ts'
import { createAcme, createInstallation, type Running } from '#tests/lifecycle/installation.ts'
import { testConfig } from '#tests/setup/world.ts'

const told = ['task.created', 'comment.created'] as const
const password = 'correct horse battery staple'
type Slug = 'acme' | 'globex'
type Team = { slug: Slug; schema: string; api: Client; projectId: string; miaId: string }

let installation: Awaited<ReturnType<typeof createInstallation>>
let server: Running
let restarted: Promise<void> = Promise.resolve()
let receiver: Awaited<ReturnType<typeof startReceiver>>
let onDelivery: (() => Promise<void>) | undefined
let teams: Team[]

beforeAll(async () => {
  installation = await createInstallation()
  server = await installation.start()
  await installation.run(...createAcme)
  await installation.run(...createAcme.map(word => word.replace(/^acme$/, 'globex').replace(/^Acme$/, 'Globex')))
  receiver = await startReceiver(async () => {
    await onDelivery?.()
    return 204
  })
  teams = [await createTeam('acme'), await createTeam('globex')]
}, 60_000)
afterAll(async () => {
  await installation.remove()
  await receiver?.close()
})

test('kill -9 while writing, delivering and sealing loses no delivery, no notification and no leaf', async () => {
  let isOver = false
  let written = 0
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let n = 0; !isOver; n++) {
      await writeTask(teams[writer % teams.length]!, `${writer}-${n}`)
      written++
    }
  })
  const someAreWritten = async () => {
    const goal = written + 20
    await expect.poll(() => written, { timeout: 10_000 }).toBeGreaterThan(goal)
  }
  await someAreWritten()
  await killAndRestart()
  await someAreWritten()
  await killWhileDelivering()
  await someAreWritten()
  await killWhileSealing(teams[0]!)
  await someAreWritten()
  isOver = true
  await Promise.all(writers)

  for (const team of teams) {
    // A write calls the readers. Without one they come within the minute that was promised before the lost call.
    await writeTask(team, 'last')
    const events = await eventsOf(team)
    await expect.poll(() => firstDeliveries(team).length, { timeout: 20_000 }).toBe(events.length)
    expect(firstDeliveries(team)).toEqual(events)
    await expect.poll(async () => (await notifiedOf(team)).length, { timeout: 10_000 }).toBe(events.length)
    expect(await notifiedOf(team)).toEqual(events)
    await expect.poll(async () => (await standOf(team)).unsealed, { timeout: 10_000 }).toBe(0)
    const { events: size } = await standOf(team)
    const { code, stdout } = await installation.run('audit', 'verify', '--workspace', team.slug, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, problems: [], unsealed: 0, size, events: size })
    expect(code).toBe(0)
  }
  // What was not noted when the server died has come again.
  expect(receiver.received.length).toBeGreaterThan(teams.flatMap(firstDeliveries).length)
}, 90_000)

async function createTeam(slug: Slug): Promise<Team> {
  const path = { workspace: slug }
  const named = ['--workspace', slug, '--email', `mia@${slug}.example`, '--name', 'Mia', '--role', 'member']
  const mia = await installation.run('member', 'add', ...named, '--password', password, '--json')
  const cookie = await signIn()
  const browser = createClient({ baseUrl: server.url, headers: () => ({ origin: server.url, cookie }) })
  const { token } = await browser.createApiToken({ path, body: { name: 'tests' } })
  const api = createClient({ baseUrl: server.url, token })
  const { id: projectId } = await api.createProject({ path, body: { name: 'Load', key: 'LOAD' } })
  await api.createWebhook({ path, body: { url: `${receiver.url}/${slug}`, actions: [...told] } })
  const [row] = await query<{ schema: string }>('select schema from platform.workspace where slug = $1', [slug])
  return { slug, api, projectId, schema: row!.schema, miaId: JSON.parse(mia.stdout).id }
}

async function signIn(): Promise<string> {
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { origin: server.url, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@acme.example', password }),
  })
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

/** A task for Mia and a comment on it: two events that the webhook is told of, and Mia too. */
async function writeTask({ slug, api, projectId, miaId }: Team, title: string): Promise<void> {
  const path = { workspace: slug }
  const body = { projectId, title, assigneeId: miaId }
  const task = await untilAcknowledged(() => api.createTask({ path, body, idempotencyKey: `${slug}-${title}-task` }))
  const onTask = { path: { ...path, task: task.id }, body: { body: 'Please' } }
  await untilAcknowledged(() => api.createComment({ ...onTask, idempotencyKey: `${slug}-${title}-comment` }))
}

async function untilAcknowledged<T>(write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      // A refusal is none of a server that died.
      if (error instanceof ApiProblem && error.status < 500) throw error
      await restarted
    }
  }
}

/** @param meanwhile while no server runs. */
function killAndRestart(meanwhile?: () => Promise<void>): Promise<void> {
  server.child.kill('SIGKILL')
  restarted = server.ended.then(async () => {
    await meanwhile?.()
    server = await installation.start()
  })
  return restarted
}

/** The receiver has taken an event, and the server dies before it hears so. */
function killWhileDelivering(): Promise<void> {
  return new Promise((resolve, reject) => {
    onDelivery = async () => {
      onDelivery = undefined
      const { ended } = server
      killAndRestart().then(resolve, reject)
      await ended
    }
  })
}

/** Kills the server once it has leaves to write, and waits for the table that they go to. */
async function killWhileSealing({ schema }: Team): Promise<void> {
  const other = await connect()
  await other.query('begin')
  await other.query(`lock table ${schema}.audit_tile in exclusive mode`)
  const waiting = `select from pg_locks where not granted and relation = '${schema}.audit_tile'::regclass`
  await expect.poll(() => query(waiting), { timeout: 10_000 }).toHaveLength(1)
  await killAndRestart(async () => {
    await other.query('rollback')
    await other.end()
  })
}

/** What the webhook has to be told, and Mia, in commit order. */
async function eventsOf({ schema }: Team): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select id from ${schema}.audit_event where action = any($1) order by xid, seq`,
    [told],
  )
  return rows.map(row => row.id)
}

/** The ids of events in the order in which a team's webhook was told of each for the first time. */
function firstDeliveries({ slug }: Team): string[] {
  return [...new Set(receiver.received.filter(({ path }) => path.endsWith(`/${slug}`)).map(idOf))]
}

function idOf({ body }: { body: string }): string {
  return JSON.parse(body).data.id
}

async function notifiedOf({ schema, miaId }: Team): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select n.event_id as id from ${schema}.notification n join ${schema}.audit_event e on e.id = n.event_id
     where n.member_id = $1 order by e.xid, e.seq`,
    [miaId],
  )
  return rows.map(row => row.id)
}

async function standOf({ schema }: Team): Promise<{ events: number; unsealed: number }> {
  const [row] = await query<{ events: number; unsealed: number }>(
    `select count(*)::int as events, count(*)::int - w.sealed_size::int as unsealed
     from ${schema}.audit_event, ${schema}.workspace w group by w.sealed_size`,
  )
  return row!
}

async function query<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = await connect()
  const { rows } = await client.query<T>(text, values)
  await client.end()
  return rows
}

/** Each start brings the database up on a port of its own. */
async function connect(): Promise<pg.Client> {
  const client = new pg.Client(findRunning(testConfig(installation.dataDir))!.admin)
  // PostgreSQL ends with the server that was killed, once the next one starts.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
