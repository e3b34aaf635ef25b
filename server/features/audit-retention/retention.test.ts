import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectAs } from '#server/database/connect-as.ts'
import { loginAs } from '#server/database/server.ts'
import { parseTypes } from '#server/database/types.ts'
import { verifyWorkspace } from '#server/features/audit/verify-workspace.ts'
import { pruneAudit, purgeAudit } from '#server/features/audit-retention/prune-audit.ts'
import { pruneWorkspace } from '#server/features/audit-retention/prune-workspace.ts'
import { deleteWorkspaceNow, finishDeleting } from '#server/features/workspaces/delete-workspace-for.ts'
import { catchUpMarked, changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { holdWorkspace } from '#server/features/workspaces/legal-hold.ts'
import { planDeletion } from '#server/features/workspaces/plan-deletion.ts'
import { setPlan } from '#server/features/workspaces/set-plan.ts'
import { auditRetentionDays } from '#server/features/workspaces/workspace.ts'
import { type Browser, mailsTo, signedInAs } from '#tests/setup/browser.ts'
import { sealAll } from '#tests/setup/seal-all.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

let world: World
let ada: Browser
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  ada = await signedInAs(world, world.acme.ada)
})
afterAll(() => world.close())

type Place = { id: string; slug: string; schema: string; loginKey: number; path: { workspace: string } }
let count = 0
let place: Place

// A workspace for each test, with the plan starter: 90 days. Its own events are of today.
beforeEach(async () => {
  world.setClock(new Date().toISOString())
  const slug = `kept-${++count}`
  const { id } = await ada.api.createWorkspace({ body: { name: `Kept ${count}`, slug } })
  const [row] = await world.superuser<{ schema: string }>('select schema from platform.workspace where id = $1', [id])
  place = { id, slug, schema: row!.schema, loginKey: 1, path: { workspace: slug } }
})

const seal = () => sealAll(world.services, place)

/** Events of these instants, sealed. */
async function happened(...instants: string[]): Promise<void> {
  for (const at of instants)
    await world.superuser(
      `insert into ${place.schema}.audit_event (id, at, entity, entity_id, action, changes)
       values (gen_random_uuid(), $1, 'tag', gen_random_uuid(), 'tag.created', '{"name": {"from": null, "to": "old"}}')`,
      [at],
    )
  await seal()
}

async function provisioner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAs(loginAs(world.server, keys, 'kontor_provisioner'), { types: parseTypes })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const prune = () => provisioner(client => pruneWorkspace(world.services, client, place))

/** Prunes as if it were that instant. @returns how many of those that `happened` went. */
async function pruneAt(instant: string): Promise<number> {
  world.setClock(instant)
  const before = (await left()).length
  await prune()
  return before - (await left()).length
}

const left = async () =>
  (
    await world.superuser<{ at: Date }>(
      `select at from ${place.schema}.audit_event where action = 'tag.created' order by at`,
    )
  ).map(({ at }) => at.toISOString())

type Told = { count: number; ranges: [number, number][]; plan: string; before: string; why: string }
const told = async (): Promise<Told[]> =>
  (
    await world.superuser<{ told: Told }>(
      `select (select jsonb_object_agg(c.key, c.value -> 'to') from jsonb_each(changes) c) as told
       from ${place.schema}.audit_event where action = 'audit.pruned' order by seq`,
    )
  ).map(row => row.told)

// However far the clock went: sessions end.
const workspace = async () => (await signedInAs(world, world.acme.ada)).api.getWorkspace({ path: place.path })

test('the server and the database agree on how long each plan keeps events', async () => {
  for (const [plan, days] of Object.entries(auditRetentionDays)) {
    const [row] = await world.superuser(`select ${place.schema}.plan_audit_days_${place.schema}($1) as days`, [plan])
    expect(row).toEqual({ days })
  }
})

// In Brussels. 90 days on: the same time of day, whatever the clock did between.
test.each([
  ['with no change of clock', '2026-05-01T09:30:00.000Z', '2026-07-30T09:30:00Z'],
  ['over the short day of spring', '2027-02-01T11:00:00.000Z', '2027-05-02T10:00:00Z'],
  ['over the long day of autumn', '2026-09-01T10:00:00.000Z', '2026-11-30T11:00:00Z'],
  ['to an hour that comes twice: the second', '2026-07-27T00:30:00.000Z', '2026-10-25T01:30:00Z'],
  ['to an hour that does not exist: an hour on', '2026-12-28T01:30:00.000Z', '2027-03-28T01:30:00Z'],
  ['from the first of an hour that comes twice', '2026-10-25T00:30:00.000Z', '2027-01-23T01:30:00Z'],
  ['from the second of it', '2026-10-25T01:30:00.000Z', '2027-01-23T01:30:00Z'],
])('%s an event stays until the second, and goes with it', async (_, at, expiry) => {
  await happened(at)
  const instant = Temporal.Instant.from(expiry)
  expect(await pruneAt(instant.subtract({ seconds: 1 }).toString())).toBe(0)
  expect(await left()).toEqual([at])
  expect(await pruneAt(instant.toString())).toBe(1)
  expect(await left()).toEqual([])
})

test('a second before and after the boundary are told apart in one run', async () => {
  await happened('2026-05-01T09:29:59Z', '2026-05-01T09:30:00Z', '2026-05-01T09:30:01Z')
  expect(await pruneAt('2026-07-30T09:30:00Z')).toBe(2)
  expect(await left()).toEqual(['2026-05-01T09:30:01.000Z'])
})

test('what went is told with its leaves, and the tree verifies, also when that event goes itself', async () => {
  await seal()
  const [{ size } = { size: 0 }] = await world.superuser<{ size: number }>(
    `select sealed_size::int as size from ${place.schema}.workspace`,
  )
  await happened('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z', '2026-06-20T00:00:00Z', '2026-05-03T00:00:00Z')
  expect(await pruneAt('2026-08-05T00:00:00Z')).toBe(3)
  const ranges = [
    [size, size + 1],
    [size + 3, size + 3],
  ]
  const [first] = await told()
  expect(first).toEqual({
    ...{ count: 3, plan: 'starter', ranges, why: 'older than 90 days' },
    before: '2026-05-07T00:00:00.000Z',
  })
  await seal()
  expect(await verifyWorkspace(world.services, place.slug)).toMatchObject({ pruned: 3, problems: [] })
  // All that there is, and the event that told of it.
  const far = Temporal.Now.instant().add({ hours: 24 * 100 })
  world.setClock(far.toString())
  expect(await prune()).toBe(size + 2)
  await seal()
  expect((await told()).map(event => event.ranges)).toEqual([[[0, size + 4]]])
  expect(await verifyWorkspace(world.services, place.slug)).toMatchObject({ pruned: size + 5, events: 1, problems: [] })
})

test('events that are not in the tree yet stay', async () => {
  await seal()
  await world.superuser(
    `insert into ${place.schema}.audit_event (id, at, entity, entity_id, action, changes)
     values (gen_random_uuid(), '2025-01-01', 'tag', gen_random_uuid(), 'tag.created', '{}')`,
  )
  expect(await pruneAt(new Date().toISOString())).toBe(0)
  await seal()
  expect(await pruneAt(new Date().toISOString())).toBe(1)
})

test('a downgrade waits 30 days, says how many events go then, and mails the admins', async () => {
  await setPlan(world.services, place.slug, 'business')
  await happened('2026-05-01T09:30:00Z', '2026-05-02T09:30:00Z')
  world.setClock('2026-11-20T10:00:00Z')
  const change = await setPlan(world.services, place.slug, 'starter')
  const at = '2026-12-20T10:00:00.000Z'
  expect(change).toEqual({ auditRetentionDays: 1095, shrinking: { days: 90, at, events: 2 } })
  expect(await workspace()).toMatchObject({
    ...{ plan: 'starter', auditRetentionDays: 1095, auditRetentionShrinksTo: 90, auditRetentionShrinksAt: at },
  })
  const mail = (await mailsTo(world, world.acme.ada.email)).at(-1)
  expect(mail?.subject).toBe(`Kept ${count} will keep less of its history from December 20, 2026`)
  expect(mail?.text).toContain('2 events, counted today')
  expect(await pruneAt('2026-12-20T09:59:59Z')).toBe(0)
  expect(await pruneAt('2026-12-20T10:00:00Z')).toBe(2)
  expect(await workspace()).toMatchObject({ auditRetentionDays: 90, auditRetentionShrinksAt: null })
})

test('an upgrade within the 30 days stops it at once, and another downgrade begins anew', async () => {
  await setPlan(world.services, place.slug, 'business')
  await happened('2026-05-01T09:30:00Z')
  world.setClock('2026-11-20T10:00:00Z')
  await setPlan(world.services, place.slug, 'starter')
  world.setClock('2026-12-20T09:00:00Z')
  expect(await setPlan(world.services, place.slug, 'business')).toEqual({ auditRetentionDays: 1095, shrinking: null })
  expect(await pruneAt('2026-12-20T10:00:00Z')).toBe(0)
  const again = await setPlan(world.services, place.slug, 'starter')
  expect(again.shrinking?.at).toBe('2027-01-19T10:00:00.000Z')
  expect(await pruneAt('2027-01-19T09:59:59Z')).toBe(0)
  expect(await pruneAt('2027-01-19T10:00:00Z')).toBe(1)
})

test('a downgrade that was killed half way waits from when it is finished, and the admins are mailed then', async () => {
  await setPlan(world.services, place.slug, 'business')
  world.setClock('2026-11-20T10:00:00Z')
  const before = (await mailsTo(world, world.acme.ada.email)).length
  await changeDirectory(world.services, place.id, { plan: 'pro' })
  world.setClock('2026-11-21T10:00:00Z')
  await catchUpMarked(world.services)
  await catchUpMarked(world.services)
  expect((await workspace()).auditRetentionShrinksAt).toBe('2026-12-21T10:00:00.000Z')
  expect(await mailsTo(world, world.acme.ada.email)).toHaveLength(before + 1)
})

test('under a legal hold nothing goes, by the round or by hand, and the workspace is not deleted', async () => {
  await happened('2025-01-01T00:00:00Z')
  const hold = (legalHold: boolean, reason?: string) =>
    fetch(`${world.url}/api/workspaces/${place.slug}`, {
      method: 'PATCH',
      headers: {
        ...{ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: ada.cookies() },
        ...(reason ? { 'audit-reason': encodeURIComponent(reason) } : {}),
      },
      body: JSON.stringify({ legalHold }),
    })
  expect(await (await hold(true)).json()).toMatchObject({ type: '/problems/reason-required', status: 422 })
  expect((await hold(true, 'Case 12 — a claim')).status).toBe(200)
  expect(await workspace()).toMatchObject({ legalHold: true, version: 2 })
  const now = new Date().toISOString()
  expect(await pruneAt(now)).toBe(0)
  await pruneAudit(world.services, new AbortController().signal)
  expect(await left()).toHaveLength(1)
  const refused = { code: 'legal-hold', status: 409 }
  await expect(ada.api.deleteWorkspace({ path: place.path, query: { confirm: place.slug } })).rejects.toMatchObject(
    refused,
  )
  await expect(planDeletion(world.services, place.slug)).rejects.toMatchObject(refused)
  await expect(deleteWorkspaceNow(world.services, place.slug)).rejects.toMatchObject(refused)
  expect((await hold(false, 'The case is closed')).status).toBe(200)
  expect(await pruneAt(now)).toBe(1)
  const events = await world.superuser(
    `select reason, changes -> 'legal_hold' ->> 'to' as held, member_name from ${place.schema}.audit_event
     where changes ? 'legal_hold' and action = 'workspace.updated' order by seq`,
  )
  expect(events).toEqual([
    { reason: 'Case 12 — a claim', held: 'true', member_name: 'Ada' },
    { reason: 'The case is closed', held: 'false', member_name: 'Ada' },
  ])
})

test('a hold that an operator begins puts off a deletion that was asked for', async () => {
  await planDeletion(world.services, place.slug)
  await holdWorkspace(world.services, place.slug, true, 'A court says so')
  world.setClock('2028-01-01T00:00:00Z')
  await finishDeleting(world.services)
  const status = () => world.superuser('select status from platform.workspace where id = $1', [place.id])
  expect(await status()).toEqual([{ status: 'active' }])
  await holdWorkspace(world.services, place.slug, false, 'It is over')
  await finishDeleting(world.services)
  expect(await status()).toEqual([])
})

test('of two purges at once each event goes once, and both tell what they did', async () => {
  await happened(...Array.from({ length: 8 }, (_, n) => `2025-01-0${n + 1}T00:00:00Z`))
  world.setClock('2026-11-20T00:00:00Z')
  const [a, b] = await Promise.all([1, 2].map(prune))
  expect(a! + b!).toBe(8)
  expect((await told()).reduce((sum, event) => sum + event.count, 0)).toBe(8)
})

test('a purge that is killed in between leaves whole batches, and the next one goes on', async () => {
  await happened(...Array.from({ length: 6 }, (_, n) => `2025-01-0${n + 1}T00:00:00Z`))
  const { schema } = place
  const batch = (client: pg.Client, size: number) =>
    client.query(`select * from ${schema}.prune_audit_events_${schema}($1, '2026-11-20')`, [size])
  await provisioner(async client => {
    await client.query('begin; set local role kontor_owner')
    await batch(client, 2)
    await client.query('commit; begin; set local role kontor_owner')
    await batch(client, 3)
    const { rows } = await client.query('select pg_backend_pid() as pid')
    const lost = new Promise(resolve => client.on('error', resolve))
    await world.superuser('select pg_terminate_backend($1)', [rows[0].pid])
    await lost
  })
  expect(await left()).toHaveLength(4)
  expect((await told()).map(event => event.count)).toEqual([2])
  expect(await pruneAt('2026-11-20T00:00:00Z')).toBe(4)
  await seal()
  expect(await verifyWorkspace(world.services, place.slug)).toMatchObject({ pruned: 6, problems: [] })
})

test('the round opens only the workspaces that have something due', async () => {
  await happened('2026-05-01T09:30:00Z')
  await pruneAt('2026-05-02T00:00:00Z')
  const due = async () =>
    (
      await world.superuser<{ at: Date }>('select audit_due_at as at from platform.workspace where id = $1', [place.id])
    )[0]!.at
  expect((await due()).toISOString()).toBe('2026-07-30T09:30:00.000Z')
  const walked = async (instant: string) => {
    world.setClock(instant)
    const slugs: string[] = []
    await purgeAudit(world.services, { dryRun: true, onEach: ({ workspace }) => slugs.push(workspace) })
    return slugs.includes(place.slug)
  }
  expect(await walked('2026-07-30T09:29:59Z')).toBe(false)
  expect(await walked('2026-07-30T09:30:00Z')).toBe(true)
  await pruneAudit(world.services, new AbortController().signal)
  expect(await left()).toEqual([])
  expect(await walked('2026-07-30T09:30:00Z')).toBe(false)
})

test('a dry run counts what would go, and removes nothing', async () => {
  await happened('2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z')
  world.setClock('2026-11-20T00:00:00Z')
  const found: unknown[] = []
  await purgeAudit(world.services, { slug: place.slug, dryRun: true, onEach: each => found.push(each) })
  expect(found).toEqual([{ workspace: place.slug, count: 2, days: 90, before: '2026-08-21T23:00:00.000Z' }])
  expect(await left()).toHaveLength(2)
  await purgeAudit(world.services, { slug: place.slug, dryRun: false, onEach: each => found.push(each) })
  expect(found.at(-1)).toMatchObject({ count: 2 })
  expect(await left()).toEqual([])
})

async function attempt(login: pg.ClientConfig, text: string): Promise<string | undefined> {
  const client = new pg.Client(login)
  await client.connect()
  try {
    await client.query(text)
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await client.end()
  }
}

test('a workspace’s login can neither prune, nor decide how long events are kept, nor hold anything', async () => {
  await happened('2025-01-01T00:00:00Z')
  const { schema } = place
  const texts = [
    `delete from ${schema}.audit_event`,
    `delete from ${schema}.audit_leaf`,
    `select ${schema}.prune_audit_events_${schema}(10, '2030-01-01')`,
    `select ${schema}.erase_audit_fields_${schema}(gen_random_uuid(), 0, 1, '[]')`,
    `update ${schema}.workspace set plan = 'starter'`,
    `update ${schema}.workspace set audit_retention_days = 1`,
    `update ${schema}.workspace set audit_shrinks_to = 1, audit_shrinks_at = now()`,
    `update ${schema}.workspace set legal_hold = false`,
    `set kontor.reason = 'mine'; select ${schema}.set_legal_hold_${schema}(false)`,
    `update ${schema}.audit_erasure set status = 'running'`,
  ]
  for (const text of texts) expect(await attempt(loginAs(world.server, keys, schema, 1), text), text).toBe('42501')
})

test('a superuser’s plain statements are refused, in replica mode too, however old the event is', async () => {
  await happened('2025-01-01T00:00:00Z')
  const { schema } = place
  for (const mode of ['origin', 'replica'])
    for (const text of [
      `delete from ${schema}.audit_event where at < '2026-01-01'`,
      `update ${schema}.audit_event set member_name = null, erased = '{}', salt = null, salts = '{}'`,
      `truncate ${schema}.audit_event`,
      `select ${schema}.prune_audit_events_${schema}(10, '2030-01-01')`,
    ])
      expect(
        await attempt(world.server.admin, `set session_replication_role = ${mode}; ${text}`),
        `${mode}: ${text}`,
      ).toBe('42501')
  expect(await left()).toHaveLength(1)
})

test('the login that prunes removes nothing that is not due, and whatever it removes is told', async () => {
  await happened('2025-01-01T00:00:00Z', '2026-11-01T00:00:00Z')
  const { schema } = place
  const as = (text: string) =>
    attempt(
      { ...loginAs(world.server, keys, 'kontor_provisioner', 1) },
      `set role kontor_owner; set kontor.now = '2026-11-20'; ${text}`,
    )
  expect(await as(`delete from ${schema}.audit_event where action = 'tag.created'`)).toBe('42501')
  expect(await as(`update ${schema}.audit_event set action = 'x'`)).toBe('42501')
  expect(await as(`update ${schema}.workspace set audit_retention_days = 1`)).toBeUndefined()
  expect(await as(`delete from ${schema}.audit_event where action = 'tag.created'`)).toBe('42501')
  expect(await as(`delete from ${schema}.audit_event where at < '2026-01-01'`)).toBeUndefined()
  expect(await left()).toEqual(['2026-11-01T00:00:00.000Z'])
  expect((await told()).map(event => event.count)).toEqual([1])
})
