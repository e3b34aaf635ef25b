import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '#client'
import { rolePassword } from '#server/crypto/derive.ts'
import { newestKey } from '#server/crypto/keys.ts'
import { loadKeysFile } from '#server/crypto/keys-file.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { openWorkspaceKeys } from '#server/keys/workspace-keys.ts'
import { openEverything, sealerOf } from '#tests/keys/opened.ts'
import { createAcme, createInstallation, type Running } from '#tests/lifecycle/installation.ts'

const workspace = 'acme'
const path = { workspace }
const ballast = 6_000
let installation: Awaited<ReturnType<typeof createInstallation>>
let server: Running
let api: Client
let superuserUrl: string
let acme: { id: string; schema: string }
let untouched: { id: string; version: number }[]
const statuses = new Map<number, number>()
const refusals: string[] = []
/** Every key that there was. */
const everyKey = new Set<Buffer>()
/** What the servers said. */
const output: string[] = []

const counting: typeof fetch = async (...call) => {
  const response = await fetch(...call)
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
  if (!response.ok) refusals.push(`${response.status} ${await response.clone().text()}`)
  return response
}

beforeAll(async () => {
  installation = await createInstallation({ KONTOR_PROCESSES: '2', KONTOR_LOG_LEVEL: 'warn' })
  server = await installation.start()
  const made = await installation.run(...createAcme, '--json')
  acme = JSON.parse(made.stdout)
  superuserUrl = (await installation.run('database', 'url', '--as', 'superuser')).stdout.trim()
  api = createClient({ baseUrl: server.url, token: await tokenOf('ada@acme.example'), fetch: counting })
  untouched = []
  for (let n = 0; n < 20; n++) untouched.push(await api.createIntegration({ path, body: room(`untouched-${n}`) }))
  await addBallast()
}, 120_000)
afterAll(() => installation.remove(), 60_000)

test('rotation finishes while 20 writers write and workers and commands are killed, without a failed request', async () => {
  const { nextCursor } = await api.listAuditEvents({ path, query: { limit: 1 } })
  const writers = startWriters(20)
  ringNow()
  await writers.haveWritten(40)
  for (const kill of [1, 2, 3]) {
    // One of them works beside the server's own worker; both it and the command go at any moment.
    const worker = installation.spawn('worker')
    const command = installation.spawn('keys', 'rotate')
    await pause(700 * kill + Math.random() * 900)
    worker.child.kill('SIGKILL')
    command.child.kill('SIGKILL')
    await Promise.all([worker.ended, command.ended])
  }
  const finished = await installation.run('keys', 'rotate', '--json')
  expect(finished.stderr).not.toMatch(/rror/)
  const { version } = JSON.parse(finished.stdout)
  expect(version).toBeGreaterThanOrEqual(2)
  await writers.haveWritten(writers.written() + 40)
  await writers.stop()
  expect(refusals).toEqual([])
  expect([...statuses.keys()].every(status => status >= 200 && status < 300)).toBe(true)

  const { keys, processes } = JSON.parse((await installation.run('keys', 'status', '--json')).stdout)
  const [newest, ...older] = keys
  expect(newest).toMatchObject({ version, newest: true, logins: 4, workspaceKeys: 1, withoutWorkspaceKey: 0 })
  for (const old of older) expect(old).toMatchObject({ fields: 0, logins: 0, workspaceKeys: 0 })
  for (const { sealing } of processes) expect(sealing).toBe(version)
  const opened = await openEverything(superuserUrl, installation.dataDir)
  expect(Object.keys(opened).sort()).toEqual([`k${version}w`])
  expect(opened[`k${version}w`]).toBeGreaterThan(ballast)
  await writers.requireAllRooms()
  // A page begun under an old key goes on, as long as that key is there.
  expect((await api.listAuditEvents({ path, query: { limit: 1, cursor: nextCursor! } })).items).toHaveLength(1)
}, 180_000)

test('a change of keys is no change of the row: no event, no new version', async () => {
  for (const { id, version } of untouched) {
    expect((await api.getIntegration({ path: { ...path, integration: id } })).version).toBe(version)
    const { items } = await api.listAuditEvents({ path, query: { entityId: id } })
    expect(items.map(event => event.action)).toEqual(['integration.created'])
  }
})

test('kill -9 of the server in the midst of a rotation loses nothing, and the next start finishes it', async () => {
  const before = await versionThatSeals()
  const command = installation.spawn('keys', 'rotate')
  await until(async () => (await versionThatSeals()) > before)
  server.child.kill('SIGKILL')
  command.child.kill('SIGKILL')
  await Promise.all([server.ended, command.ended])
  output.push(server.output())
  server = await installation.start()
  superuserUrl = (await installation.run('database', 'url', '--as', 'superuser')).stdout.trim()
  await until(async () => {
    const { rows } = await query('select finished_at from platform.key_rotation where version = $1', [before + 1])
    return rows[0]?.finished_at
  })
  expect(Object.keys(await openEverything(superuserUrl, installation.dataDir))).toEqual([`k${before + 1}w`])
  expect((await installation.run('keys', 'rotate', '--json')).code).toBe(0)
}, 120_000)

test('retire refuses while anything is under the key, and says what; at 0 it takes the key away from all', async () => {
  const newest = await versionThatSeals()
  const { nextCursor } = await api.listAuditEvents({ path, query: { limit: 1 } })
  await rotate()
  ringNow()
  expect((await installation.run('keys', 'retire', String(newest + 1))).stderr).toMatch(/is the one that seals/)
  await sealUnder(newest)
  const refused = await installation.run('keys', 'retire', String(newest))
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/is needed: .*1 workspace webhook\.secret/)])
  expect(readFileSync(join(installation.dataDir, 'keys'), 'utf8')).toMatch(new RegExp(`^${newest}:`, 'm'))
  // The refusal had it moved.
  await until(async () => (await openEverything(superuserUrl, installation.dataDir))[`k${newest}w`] === undefined)
  const versions = JSON.parse((await installation.run('keys', 'status', '--json')).stdout).keys.map(
    (key: { version: number }) => key.version,
  )
  for (const version of versions.slice(1)) {
    expect((await installation.run('keys', 'retire', String(version))).stderr).toBe('')
  }
  expect(readFileSync(join(installation.dataDir, 'keys'), 'utf8')).toMatch(new RegExp(`^${newest + 1}:[\\w-]{43}\\n$`))
  await until(async () => {
    const { rows } = await query(
      `select 1 from platform.key_holder where seen_at > now() - interval '20 seconds' and cardinality(versions) > 1`,
    )
    return rows.length === 0
  })
  const lost = api.listAuditEvents({ path, query: { limit: 1, cursor: nextCursor! } })
  await expect(lost).rejects.toMatchObject({ status: 400 })
  await api.createIntegration({ path, body: room('after') })
}, 120_000)

test('no key is found in the files of the database, in logs, or in anything else beside the keys', async () => {
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  output.push(server.output())
  const workspaceKeys = openWorkspaceKeys(join(installation.dataDir, 'workspace-keys'), ringNow())
  const secrets = [
    ...everyKey,
    workspaceKeys.get(acme.id).export(),
    Buffer.from(rolePassword(newestKey(ringNow()), acme.schema)),
  ]
  expect(secrets.length).toBeGreaterThan(4)
  const needles = secrets.flatMap(bytes => [
    bytes,
    ...(['hex', 'base64', 'base64url'] as const).map(spelling =>
      Buffer.from(bytes.toString(spelling).replace(/=+$/, '')),
    ),
  ])
  const searched = [Buffer.from(output.join('\n'))]
  for (const file of readdirSync(installation.dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name)
    const isKey = path === join(installation.dataDir, 'keys') || file.parentPath.endsWith('/workspace-keys')
    if (file.isFile() && !isKey) searched.push(readFileSync(path))
  }
  expect(searched.length).toBeGreaterThan(500)
  // The search finds what is there: a role's verifier is in the catalogue.
  expect(searched.some(bytes => bytes.includes('SCRAM-SHA-256$4096:'))).toBe(true)
  for (const bytes of searched) expect(needles.some(needle => bytes.includes(needle))).toBe(false)
}, 60_000)

test('a lost key file stops the start with a sentence, and no new key is made', async () => {
  const file = join(installation.dataDir, 'keys')
  renameSync(file, `${file}.lost`)
  for (const command of [['serve'], ['keys', 'status'], ['keys', 'rotate']]) {
    const { code, stderr } = await installation.run(...command)
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^There is a database of Kontor but no key file at .*\.\n$/),
    ])
  }
  expect(existsSync(file)).toBe(false)
}, 60_000)

function ringNow() {
  const ring = loadKeysFile(join(installation.dataDir, 'keys'))
  for (const version of ring.versions) everyKey.add(ring.get(version)!.export())
  return ring
}

async function tokenOf(email: string): Promise<string> {
  const origin = { origin: server.url }
  const signedIn = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { ...origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'correct horse battery staple' }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!
  const browser = createClient({ baseUrl: server.url, headers: () => ({ ...origin, cookie }) })
  return (await browser.createApiToken({ path, body: { name: 'tests' } })).token
}

function room(name: string) {
  return { kind: 'slack' as const, name, url: `https://${name}.example.eu/hook`, active: false }
}

/** Writers that make and change secrets and read them back, until they are stopped. */
function startWriters(count: number) {
  let written = 0
  let stopped = false
  const rooms: { id: string; host: string }[] = []
  const failures: unknown[] = []
  const running = Array.from({ length: count }, async (_, writer) => {
    for (let n = 0; !stopped; n++) {
      const idempotencyKey = `writer-${writer}-${n}`
      const call = { path, body: room(`w${writer}-${n}`), idempotencyKey }
      const made = await api.createIntegration(call)
      const integration = { ...path, integration: made.id }
      const host = `w${writer}-${n}-moved.example.eu`
      await api.updateIntegration({ path: integration, body: { url: `https://${host}/hook` } })
      // The first answer, sealed and opened; and the secret as it is now.
      expect(await api.createIntegration(call)).toEqual(made)
      expect((await api.getIntegration({ path: integration })).host).toBe(host)
      if (n % 3 === 2) await api.deleteIntegration({ path: integration })
      else rooms.push({ id: made.id, host })
      written++
    }
  }).map(work => work.catch(error => failures.push(error)))
  return {
    written: () => written,
    async haveWritten(target: number) {
      await until(async () => written >= target || failures.length > 0)
      expect(failures).toEqual([])
    },
    async stop() {
      stopped = true
      await Promise.all(running)
      expect(failures).toEqual([])
    },
    async requireAllRooms() {
      for (const { id, host } of rooms)
        expect((await api.getIntegration({ path: { ...path, integration: id } })).host).toBe(host)
    },
  }
}

/** Answers that were kept, so that a rotation has something to do for a while. */
async function addBallast(): Promise<void> {
  const sealer = sealerOf(installation.dataDir)
  const { rows } = await query(`select id from ${acme.schema}.member`)
  const member = rows[0].id as string
  const keys = Array.from({ length: ballast }, (_, n) => `ballast-${n}`)
  const sealed = keys.map(key =>
    sealer.seal(
      { workspace: acme.id, column: 'idempotency.response', row: `${member}/${key}` },
      `"${'x'.repeat(400)}"`,
    ),
  )
  await query(
    `insert into ${acme.schema}.idempotency (member_id, key, request_sha256, status, response)
     select $1, key, '', 200, response from unnest($2::text[], $3::text[]) as t (key, response)`,
    [member, keys, sealed],
  )
}

/** As a straggler would: a secret under a key that no longer seals. */
async function sealUnder(version: number): Promise<void> {
  const sealer = sealerOf(installation.dataDir, version)
  const id = uuid7()
  const secret = sealer.seal({ workspace: acme.id, column: 'webhook.secret', row: id }, 'whsec_x')
  await query(
    `insert into ${acme.schema}.webhook (id, url, secret, active) values ($1, 'https://x.example.eu', $2, false)`,
    [id, secret],
  )
}

/** Rotates, as if a while ago: retiring then has no requests to wait for. */
async function rotate(): Promise<void> {
  expect((await installation.run('keys', 'rotate', '--json')).code).toBe(0)
  await query(`update platform.key_rotation set activated_at = activated_at - interval '1 minute'`)
}

async function versionThatSeals(): Promise<number> {
  const { rows } = await query(
    'select max(version) as version from platform.key_rotation where activated_at is not null',
  )
  return rows[0].version
}

async function query(text: string, values: unknown[] = []) {
  const client = new pg.Client(superuserUrl)
  await client.connect()
  try {
    return await client.query(text, values)
  } finally {
    await client.end()
  }
}

async function until(check: () => Promise<unknown>): Promise<void> {
  while (!(await check())) await pause(50)
}
