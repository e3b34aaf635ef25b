import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runAuditExport, sweepAuditExports } from '#server/features/audit-exports/index.ts'
import { setPlan } from '#server/features/workspaces/set-plan.ts'
import { sweepFiles } from '#server/jobs/sweep-files.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let ada: Person
let projectId: string
beforeAll(async () => {
  world = await createWorld({ limits: { perLogin: 5 } })
  await world.prepareQueue()
  ada = world.acme.ada
  projectId = (await ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
  await world.asWorkspace(
    world.acme.schema,
    `insert into task (id, project_id, number, title) select gen_random_uuid(), $1, 0, 'Task ' || n from generate_series(1, 3000) n`,
    [projectId],
  )
})
afterAll(() => world.close())
afterEach(async () => {
  await setPlan(world.services, 'acme', 'business')
  const { items } = await ada.api.listAuditExports({ path })
  for (const { id } of items) await ada.api.deleteAuditExport({ path: { ...path, export: id } })
})

const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const never = new AbortController().signal
const make = (id: string, signal = never) =>
  runAuditExport(world.services, { workspaceId: world.acme.id, exportId: id }, signal)
const get = (id: string) => ada.api.getAuditExport({ path: { ...path, export: id } })
const content = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}/api/workspaces/acme/audit-exports/${id}/content`, {
    headers: { authorization: `Bearer ${ada.token}`, ...headers },
  })
const start = async (body: { format: 'csv' | 'ndjson'; filters?: object } = { format: 'csv' }, by = ada) =>
  (await by.api.createAuditExport({ path, body })).id

test('an export is made in the background, is told in the history, and comes whole or from any byte on', async () => {
  const id = await start()
  expect(await get(id)).toMatchObject({ status: 'waiting', memberId: ada.memberId, sizeBytes: null, size: null })
  expect((await content(id)).status).toBe(409)
  await make(id)
  const made = await get(id)
  expect(made).toMatchObject({ status: 'done', failure: null })
  expect(made.doneCount).toBe(made.totalCount)
  expect(made.totalCount).toBeGreaterThan(3000)
  const bytes = Buffer.from(await (await content(id)).arrayBuffer())
  expect(bytes).toHaveLength(made.sizeBytes!)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256)
  expect(bytes.toString().trimEnd().split('\r\n')).toHaveLength(made.totalCount + 1)
  const rest = await content(id, { range: 'bytes=1000-' })
  expect(rest.status).toBe(206)
  expect(bytes.subarray(1000).equals(Buffer.from(await rest.arrayBuffer()))).toBe(true)
  const told = (await ada.api.listAuditEvents({ path, query: { action: 'audit.exported' } })).items[0]!
  expect(told).toMatchObject({ memberId: ada.memberId, job: 'audit-export' })
  expect(told.changes).toMatchObject({ format: { to: 'csv' }, count: { to: made.totalCount }, size: { to: made.size } })
})

test('an export with proofs has a line for each event and each tile, and ends with the digest of all before', async () => {
  for (const filters of [{}, { entity: 'project' }]) {
    const id = await start({ format: 'ndjson', filters })
    await make(id)
    const made = await get(id)
    const bytes = Buffer.from(await (await content(id)).arrayBuffer())
    const lines = bytes.toString().trimEnd().split('\n')
    const last = lines.at(-1)!
    const digest = createHash('sha256')
      .update(bytes.subarray(0, bytes.length - Buffer.byteLength(last) - 1))
      .digest('base64')
    expect(JSON.parse(last).sha256).toBe(digest)
    const [head, ...rest] = lines.map(line => JSON.parse(line))
    expect(head).toMatchObject({ workspace: { slug: 'acme' }, size: made.size })
    expect(head.filters).toEqual('entity' in filters ? filters : null)
    const events = rest.filter(line => 'event' in line)
    expect(events).toHaveLength(made.totalCount)
    const tiles = rest.filter(line => line.tile?.[0] === 0)
    // The last tile is no part of any other, so the root cannot be told without it.
    const needed = [...events.map(line => Math.floor(line.index / 256)), Math.ceil(made.size! / 256) - 1]
    expect(tiles.map(line => line.tile[1])).toEqual([...new Set(needed)])
  }
})

test('the file in the storage tells nobody anything', async () => {
  const id = await start()
  await make(id)
  const stored: Buffer[] = []
  for await (const file of world.services.storage.list(world.acme.schema)) {
    const name = join(world.services.config.storageDir, world.acme.schema, file.slice(-2), `${file}.age`)
    stored.push(await readFile(name))
  }
  expect(stored.length).toBeGreaterThan(0)
  for (const bytes of stored) expect(bytes.includes('Task 1')).toBe(false)
})

test('every export has the same answer where the plan does not include it, whatever is asked', async () => {
  const done = await start()
  await make(done)
  const { id: schedule } = await ada.api.createAuditExportSchedule({
    path,
    body: { format: 'csv', every: 'daily', hour: 3 },
  })
  for (const plan of ['starter', 'pro'] as const) {
    await setPlan(world.services, 'acme', plan)
    const asked: [string, string, unknown?][] = [
      ['GET', 'audit-events/export?format=csv'],
      ['GET', 'audit-events/export?format=ndjson'],
      ['GET', 'audit-exports'],
      ['POST', 'audit-exports', { format: 'csv' }],
      ['GET', `audit-exports/${done}`],
      ['GET', `audit-exports/${done}/content`],
      ['DELETE', `audit-exports/${done}`],
      ['GET', 'audit-export-schedules'],
      ['POST', 'audit-export-schedules', { format: 'csv', every: 'daily', hour: 3 }],
      ['GET', `audit-export-schedules/${schedule}`],
      ['PATCH', `audit-export-schedules/${schedule}`, { hour: 4 }],
      ['DELETE', `audit-export-schedules/${schedule}`],
    ]
    for (const [method, where, body] of asked) {
      const answer = await fetch(`${world.url}/api/workspaces/acme/${where}`, {
        method,
        headers: { authorization: `Bearer ${ada.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      expect([answer.status, (await answer.json()).type], `${plan}: ${method} ${where}`).toEqual([
        403,
        '/problems/plan-required',
      ])
    }
  }
  await setPlan(world.services, 'acme', 'business')
  await ada.api.deleteAuditExportSchedule({ path: { ...path, schedule } })
})

test('of exports asked for at once three are taken, and a place comes free when one is done', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => start()))
  const taken = asked.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  expect(taken).toHaveLength(3)
  for (const each of asked) if (each.status === 'rejected') expect(each.reason).toMatchObject({ status: 429 })
  await make(taken[0]!)
  await start()
  await expect(start()).rejects.toMatchObject({ status: 429 })
})

test('two exports that run at once are each whole', async () => {
  const ids = [await start(), await start({ format: 'csv', filters: { memberId: ada.memberId } })]
  await Promise.all(ids.map(id => make(id)))
  for (const id of ids) {
    const made = await get(id)
    expect(made.status).toBe('done')
    expect(Buffer.from(await (await content(id)).arrayBuffer())).toHaveLength(made.sizeBytes!)
  }
  expect((await get(ids[1]!)).totalCount).toBeLessThan((await get(ids[0]!)).totalCount)
})

test('an export whose worker is stopped in the middle offers nothing, and is made from the beginning by the next', async () => {
  const id = await start()
  const stopped = new AbortController()
  const running = make(id, stopped.signal)
  await expect.poll(async () => (await get(id)).totalCount).toBeGreaterThan(0)
  stopped.abort()
  await expect(running).rejects.toThrow()
  expect((await content(id)).status).toBe(409)
  // What a killed one leaves: a part of a file under a name that nothing knows.
  const lost = '0190a000-0000-7000-8000-0000000000ab'
  const folder = join(world.services.config.storageDir, world.acme.schema, 'ab')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${lost}.age.part`), 'half')
  await make(id)
  expect((await get(id)).status).toBe('done')
  const told = await ada.api.listAuditEvents({ path, query: { requestId: id } as never })
  expect(told.items.filter(event => event.action === 'audit.exported')).toHaveLength(1)
  await sweepFiles(world.services, never)
  const left: string[] = []
  for await (const file of world.services.storage.list(world.acme.schema)) left.push(file)
  expect(left).not.toContain(lost)
  expect((await content(id)).status).toBe(200)
})

test('an export that is deleted while it runs leaves no file', async () => {
  const id = await start()
  const running = make(id)
  await ada.api.deleteAuditExport({ path: { ...path, export: id } })
  await running
  await expect(get(id)).rejects.toMatchObject({ status: 404 })
  const left: string[] = []
  for await (const file of world.services.storage.list(world.acme.schema)) left.push(file)
  expect(left).toEqual([])
})

test('an export fails for somebody who may no longer make one, and says so', async () => {
  const { items: roles } = await ada.api.listRoles({ path })
  const roleId = (name: string) => roles.find(role => role.name === name)!.id
  const { max } = world.acme
  const member = { ...path, member: max.memberId }
  await ada.api.updateMember({ path: member, body: { roleId: roleId('Admin') } })
  const id = await start({ format: 'csv' }, max)
  await ada.api.updateMember({ path: member, body: { roleId: roleId('Manager') } })
  await make(id)
  expect(await get(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('may no longer') })
  expect(await (await content(id)).json()).toMatchObject({ type: '/problems/export-not-ready' })
})

test('the right to export without the right to read everything exports nothing', async () => {
  const permissions = structuredClone((await ada.api.getMe({ path })).permissions) as Record<string, object>
  permissions.audit = { read: 'project', export: 'all' }
  const { token } = await ada.api.createApiToken({ path, body: { name: 'narrow', permissions } as never })
  for (const where of ['audit-exports', 'audit-events/export?format=csv']) {
    const answer = await fetch(`${world.url}/api/workspaces/acme/${where}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status, where).toBe(403)
  }
})

test('an export is kept for seven days, and then its file goes too', async () => {
  world.setClock('2026-11-23T09:00:00Z')
  const id = await start()
  await make(id)
  expect((await get(id)).expiresAt).toBe('2026-11-30T09:00:00.000Z')
  world.setClock('2026-11-30T08:59:59Z')
  await sweepAuditExports(world.services, acme())
  expect((await content(id)).status).toBe(200)
  world.setClock('2026-11-30T09:00:00Z')
  expect((await content(id)).status).toBe(404)
  await sweepAuditExports(world.services, acme())
  const rows = await world.superuser(`select id from ${world.acme.schema}.audit_export where id = $1`, [id])
  expect(rows).toEqual([])
  await expect
    .poll(async () => {
      let files = 0
      for await (const _ of world.services.storage.list(world.acme.schema)) files++
      return files
    })
    .toBe(0)
})

test('HEAD is no export: it is refused and leaves nothing behind', async () => {
  const { ada } = world.acme
  const exported = async () =>
    (await ada.api.listAuditEvents({ path, query: { action: 'audit.exported' } })).items.length
  const before = await exported()
  const answer = await fetch(`${world.url}/api/workspaces/acme/audit-events/export?format=csv`, {
    method: 'HEAD',
    headers: { Authorization: `Bearer ${ada.token}` },
  })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
  expect(await exported()).toBe(before)
})

test('a stream of the history ends within a page of losing the right to it, and nobody takes it for whole', async () => {
  const { token, id } = await ada.api.createApiToken({ path, body: { name: 'to be revoked' } })
  await world.asWorkspace(
    world.acme.schema,
    `insert into task (id, project_id, number, title, description) select gen_random_uuid(), $1, 0, 'Large', repeat('x', 20000) || n
     from generate_series(1, 600) n`,
    [projectId],
  )
  const answer = await fetch(`${world.url}/api/workspaces/acme/audit-events/export?format=csv`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const reader = answer.body!.getReader()
  let bytes = (await reader.read()).value!.length
  await ada.api.deleteApiToken({ path: { ...path, token: id } })
  const readAll = async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      bytes += value.length
    }
  }
  await expect(readAll()).rejects.toThrow()
  expect(bytes).toBeLessThan(20_000_000)
})

test('a client that stops reading holds neither a transaction nor a place that others need, and what it reads later is whole', async () => {
  const answer = await fetch(`${world.url}/api/workspaces/acme/audit-events/export?format=csv`, {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  const reader = answer.body!.getReader()
  const chunks = [(await reader.read()).value!]
  await expect
    .poll(async () => {
      const open = await world.superuser(
        `select pid from pg_stat_activity where usename = $1 and state <> 'idle' and pid <> pg_backend_pid()`,
        [world.acme.schema],
      )
      return open.length
    })
    .toBe(0)
  const before = (await ada.api.listAuditEvents({ path, query: { limit: 1 } })).items[0]!
  await ada.api.createTask({ path, body: { projectId, title: 'Written meanwhile' } })
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
  }
  const text = Buffer.concat(chunks).toString()
  expect(text.endsWith('\r\n')).toBe(true)
  expect(text).not.toContain('Written meanwhile')
  const count = Number(before.changes.count!.to)
  expect(text.trimEnd().split('\r\n')).toHaveLength(count + 1)
})
