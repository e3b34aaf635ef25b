import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commitment, fieldSalt } from '#server/audit-log/leaf.ts'
import { loginAs } from '#server/database/server.ts'
import { type LeafRow, leafColumns, leafOfRow } from '#server/features/audit/leaf-rows.ts'
import { verifyWorkspace } from '#server/features/audit/verify-workspace.ts'
import { eraseAudit } from '#server/features/audit-erasures/erase-audit.ts'
import { eraseEvents } from '#server/features/audit-erasures/erase-events.ts'
import { eraseNow } from '#server/features/audit-erasures/erase-now.ts'
import { addMember } from '#server/features/members/add-member.ts'
import { holdWorkspace } from '#server/features/workspaces/legal-hold.ts'
import { type Browser, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { sealAll } from '#tests/setup/seal-all.ts'
import { createWorld, keys, password, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let ada: Browser
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  ada = await signedInAs(world, world.acme.ada)
})
afterAll(() => world.close())

const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })

const seal = () => sealAll(world.services, acme())
const events = (where = 'true') =>
  world.superuser<Record<string, unknown> & { changes: Record<string, { erased?: string }> }>(
    `select * from ${world.acme.schema}.audit_event where ${where} order by seq`,
  )

/** The leaf that each event makes, by the id of the event. */
async function leaves(): Promise<Map<string, string>> {
  const rows = await world.services.workspaces.system(acme(), db =>
    db
      .selectFrom('audit_event')
      .innerJoin('audit_leaf', 'audit_leaf.event_id', 'audit_event.id')
      .select(leafColumns)
      .execute(),
  )
  return new Map(rows.map(row => [row.id, leafOfRow(row as LeafRow).toString('hex')]))
}

/** Every row of every table of the workspace, as text. */
async function dump(): Promise<string> {
  const tables = await world.superuser<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1`,
    [world.acme.schema],
  )
  const parts = await Promise.all(
    tables.map(({ name }) => world.superuser<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)),
  )
  return parts
    .flat()
    .map(({ row }) => row)
    .join('\n')
    .toLowerCase()
}

type What = ('names' | 'addresses' | 'words')[]
/** Runs the job until it has begun: it waits for whatever older transaction still runs, in another test say. */
async function run(erasureId: string): Promise<void> {
  const payload = { workspaceId: world.acme.id, erasureId }
  do await eraseAudit(world.services, payload, new AbortController().signal)
  while ((await read(erasureId)).status === 'waiting')
}

const read = (erasure: string) => ada.api.getAuditErasure({ path: { ...path, erasure } })

async function erase(memberId: string, what: What, reason = 'Asked for by letter') {
  const asked = await ada.api.createAuditErasure({ path, body: { memberId, what, reason } })
  expect(asked).toMatchObject({ status: 'waiting', askerId: world.acme.ada.memberId, doneCount: 0 })
  await run(asked.id)
  return read(asked.id)
}

const tell = (browser: Browser, method: string, route: string, body: object, reason: string) =>
  fetch(`${world.url}/api/workspaces/acme${route}`, {
    method,
    headers: {
      ...{ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: browser.cookies() },
      'audit-reason': encodeURIComponent(reason),
    },
    body: JSON.stringify(body),
  })

// What Wilhelmina is called and writes, and nobody else does.
const hers = {
  names: ['Wilhelmina', 'Vogelsang', 'wil@birds.example'],
  words: ['Zebrafish', 'quagga', 'Okapi', 'Narwhal', 'Platypus', 'Axolotl', 'Wombat', 'Pangolin'],
}

/** A person who wrote and was written about, and is gone. @returns the id that they had. */
async function somebodyCameAndWent(): Promise<string> {
  const person = { email: 'wil@birds.example', name: 'Wilhelmina', password }
  const { memberId } = await addMember(world.services, acme(), { ...person, role: 'member', isVouchedFor: true })
  const wil = openBrowser(world)
  await wil.api.signIn({ body: { email: person.email, password } })
  const { id: project } = await ada.api.createProject({ path, body: { name: 'Shared' } })
  await ada.api.addProjectMember({ path: { ...path, project, member: memberId } })
  const words = { title: 'Zebrafish plan', description: 'The quagga rests' }
  const { id: task } = await wil.api.createTask({ path, body: { projectId: project, ...words } })
  const { id: comment } = await wil.api.createComment({ path: { ...path, task }, body: { body: 'Okapi says so' } })
  const { id: kept } = await ada.api.createComment({ path: { ...path, task }, body: { body: 'Ada’s own remark' } })
  await ada.api.updateTask({ path: { ...path, task }, body: { description: 'Ada’s own text', assigneeId: memberId } })
  await ada.api.addViewerToTask({ path: { ...path, task, member: memberId } })
  const span = { startedAt: '2026-11-02T08:00:00Z', durationSeconds: 60 }
  const { id: entry } = await wil.api.createTimeEntry({
    path,
    body: { projectId: project, taskId: task, ...span, note: 'Narwhal call' },
  })
  await wil.api.createApiToken({ path, body: { name: 'Platypus laptop' } })
  await wil.api.createView({ path, body: { name: 'Axolotl', layout: 'list', shared: true, filters: {} } })
  await tell(wil, 'PATCH', `/tasks/${task}`, { title: 'Zebrafish Wombat' }, 'Because Pangolin')
  await wil.api.updateMember({ path: { ...path, member: memberId }, body: { name: 'Wilhelmina Vogelsang' } })
  await ada.api.deleteComment({ path: { ...path, comment } })
  await ada.api.deleteTimeEntry({ path: { ...path, entry } })
  await ada.api.deleteTask({ path: { ...path, task } })
  await ada.api.deleteMember({ path: { ...path, member: memberId } })
  await seal()
  expect(kept).toBeTruthy()
  return memberId
}

test('what somebody was called, wrote and came from is nowhere any more, and every leaf is what it was', async () => {
  const memberId = await somebodyCameAndWent()
  const all = [...hers.names, ...hers.words].map(word => word.toLowerCase())
  const before = await dump()
  expect(all.filter(word => !before.includes(word))).toEqual([])
  const leavesBefore = await leaves()
  const rowsBefore = await events()

  const done = await erase(memberId, ['names', 'addresses', 'words'])

  expect(done).toMatchObject({ status: 'done', failure: null, memberId, doneCount: done.totalCount })
  const after = await dump()
  expect(all.filter(word => after.includes(word))).toEqual([])
  // What others wrote and are called stays.
  for (const word of ['ada’s own remark', 'ada’s own text', 'ada@acme.example', 'shared'])
    expect(after, word).toContain(word)
  await seal()
  const leavesAfter = await leaves()
  for (const [id, leaf] of leavesBefore) expect(leavesAfter.get(id), id).toBe(leaf)
  expect(await verifyWorkspace(world.services, 'acme')).toMatchObject({ problems: [] })
  expect(await events(`member_id = '${memberId}' and num_nulls(member_name, address, token_name, reason) < 4`)).toEqual(
    [],
  )
  expect((await ada.api.listAuditEvents({ path, query: { q: 'zebrafish' } })).items).toEqual([])

  const told = await events("action = 'audit.erased'")
  expect(told).toMatchObject([
    { entity_id: world.acme.id, member_id: world.acme.ada.memberId, reason: 'Asked for by letter', job: 'erasure' },
  ])
  const changed = (await events()).filter(row => row.salt === null).length
  expect(told[0]!.changes).toEqual({
    count: { from: null, to: changed },
    what: { from: null, to: ['names', 'addresses', 'words'] },
    member_id: { from: null, to: memberId },
  })
  expect(done.erasedCount).toBe(changed)

  await expectNothingToTry(rowsBefore)
})

/** Whoever guesses a value right cannot find out: with no salt that is left does it make the commitment. */
async function expectNothingToTry(before: Awaited<ReturnType<typeof events>>): Promise<void> {
  const rows = await events('salt is null')
  const text = await dump()
  const salts = [...text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(([id]) => asBytes(id))
  const left = rows
    .flatMap(row => Object.values(row.salts as Record<string, string>))
    .map(salt => Buffer.from(salt, 'base64'))
  let tried = 0
  for (const row of rows) {
    const old = before.find(each => each.id === row.id)!
    // The test tries the right way: with the salt that was there, the value does make it.
    const [name, { erased }] = Object.entries(row.changes).find(([, change]) => change.erased) ?? ['', {}]
    if (!erased) continue
    const field = `changes.${name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}`
    expect(commitment(fieldSalt(asBytes(old.salt as string), field), old.changes[name])).toBe(erased)
    expect(text).not.toContain(old.salt as string)
    for (const salt of left) expect(commitment(salt, old.changes[name])).not.toBe(erased)
    for (const salt of new Set(salts.slice(0, 200)))
      expect(commitment(fieldSalt(salt, field), old.changes[name])).not.toBe(erased)
    tried++
  }
  expect(tried).toBeGreaterThan(5)
}

const asBytes = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')

test('only what was asked for goes: names leave words, and words leave names', async () => {
  const { tom } = world.acme
  const { id: project } = await ada.api.createProject({ path, body: { name: 'Only' } })
  const { id: task } = await tom.api.createTask({ path, body: { projectId: project, title: 'Capybara' } })
  await ada.api.updateTask({ path: { ...path, task }, body: { assigneeId: tom.memberId } })
  await erase(tom.memberId, ['names'])
  const ofTask = () => events(`entity_id = '${task}'`)
  expect(await ofTask()).toMatchObject([
    { member_name: null, erased: { memberName: expect.any(String) }, changes: { title: { to: 'Capybara' } } },
    { member_name: 'Ada', changes: { assignee_id: { from: null, to: null, erased: expect.any(String) } } },
  ])
  await erase(tom.memberId, ['addresses'])
  expect((await ofTask())[0]).toMatchObject({ address: null, changes: { title: { to: 'Capybara' } } })
  await erase(tom.memberId, ['words'])
  const [created] = await ofTask()
  expect(created?.changes.title).toEqual({ from: null, to: null, erased: expect.any(String) })
  expect(created?.changes.status).toEqual({ from: null, to: 'todo' })
  const shown = await ada.api.getAuditEvent({ path: { ...path, event: created!.id as string } })
  expect(shown).toMatchObject({ memberName: null, changes: { title: { from: null, erased: expect.any(String) } } })
  expect(shown.erased.toSorted()).toEqual(['address', 'memberName', 'tokenName'])
  await seal()
  expect(await verifyWorkspace(world.services, 'acme')).toMatchObject({ problems: [] })
})

test('an erasure that is killed goes on where it was, and of two at once each event is erased once', async () => {
  const { mia } = world.acme
  await world.superuser(
    `insert into ${world.acme.schema}.audit_event (id, entity, entity_id, action, member_id, member_name, changes)
     select gen_random_uuid(), 'comment', gen_random_uuid(), 'comment.updated', $1, 'Mia',
       jsonb_build_object('body', jsonb_build_object('from', '', 'to', 'Quokka ' || n)) from generate_series(1, 1200) n`,
    [mia.memberId],
  )
  const { id } = await ada.api.createAuditErasure({
    path,
    body: { memberId: mia.memberId, what: ['words'], reason: 'Asked for' },
  })
  const killed = new AbortController()
  const begin = () =>
    eraseEvents(world.services, acme(), id, { signal: killed.signal, onProgress: () => killed.abort() })
  let state = await begin()
  while (state === 'unsettled') state = await begin()
  expect(state).toBe('aborted')
  const half = await read(id)
  expect(half).toMatchObject({ status: 'running', doneCount: 500 })
  expect((await dump()).match(/quokka/g)?.length).toBeGreaterThan(500)
  await Promise.all([run(id), run(id)])
  const done = await read(id)
  expect(done).toMatchObject({ status: 'done', doneCount: done.totalCount })
  expect(await dump()).not.toContain('quokka')
  expect(await events(`action = 'audit.erased' and changes -> 'member_id' ->> 'to' = '${mia.memberId}'`)).toHaveLength(
    1,
  )
  const [{ known } = { known: '' }] = await world.superuser(
    `select known from ${world.acme.schema}.audit_erasure where id = $1`,
    [id],
  )
  expect(known).toBeNull()
})

test('under a legal hold none is begun, and one that runs waits until it ends', async () => {
  const body = { memberId: world.acme.gus.memberId, what: ['names' as const], reason: 'Asked for' }
  const { id } = await ada.api.createAuditErasure({ path, body })
  await holdWorkspace(world.services, 'acme', true, 'A case')
  await run(id)
  expect(await read(id)).toMatchObject({
    status: 'running',
    doneCount: 0,
  })
  await expect(
    ada.api.createAuditErasure({ path, body: { ...body, memberId: world.acme.max.memberId } }),
  ).rejects.toMatchObject({ status: 409, code: 'legal-hold' })
  await holdWorkspace(world.services, 'acme', false, 'It is over')
  await expect(ada.api.createAuditErasure({ path, body })).rejects.toMatchObject({ status: 409, code: 'conflict' })
  await run(id)
  expect((await read(id)).status).toBe('done')
})

test('it is asked for by a person, after a proof, with a reason that brings nothing back', async () => {
  const body = { memberId: world.acme.max.memberId, what: ['names' as const], reason: 'Asked for' }
  await expect(world.acme.ada.api.createAuditErasure({ path, body })).rejects.toMatchObject({
    code: 'sign-in-required',
  })
  await expect(
    ada.api.createAuditErasure({ path, body: { ...body, reason: 'max asked for it' } }),
  ).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/reason' }] })
  await expect(ada.api.createAuditErasure({ path, body: { ...body, reason: '' } })).rejects.toMatchObject({
    status: 400,
  })
  world.setClock(world.services.clock.now().add({ minutes: 11 }).toString())
  await expect(ada.api.createAuditErasure({ path, body })).rejects.toMatchObject({
    status: 403,
    code: 'proof-required',
  })
  await ada.api.createProof({ body: { password } })
  expect((await ada.api.createAuditErasure({ path, body })).status).toBe('waiting')
})

test('an operator erases somebody by their address, and nobody who never was', async () => {
  const order = { slug: 'acme', what: ['addresses' as const], reason: 'By letter', onProgress: () => undefined }
  const { email, memberId } = world.acme.gus
  expect(await eraseNow(world.services, { ...order, member: email })).toMatchObject({ status: 'done', memberId })
  await expect(eraseNow(world.services, { ...order, member: 'nobody@acme.example' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('while an erasure runs, the login that does it can take away and nothing else', async () => {
  const { schema } = world.acme
  const hash = createHash('sha256').update('x').digest('base64')
  const { id: project } = await ada.api.createProject({ path, body: { name: 'To be erased' } })
  await seal()
  const [event] = await events(`entity_id = '${project}'`)
  await world.superuser(
    `insert into ${schema}.audit_erasure (id, member_id, what, reason, status) values (gen_random_uuid(), gen_random_uuid(), '{names}', 'x', 'running')`,
  )
  const gone = `'{"from": null, "to": null, "erased": "${hash}"}'`
  const rest = `salt = null, salts = ${schema}.remaining_salts_${schema}(jsonb_populate_record(e, jsonb_build_object('changes', changes || jsonb_build_object('name', ${gone}::jsonb))), salt, salts)`
  const allowed = `changes = changes || jsonb_build_object('name', ${gone}::jsonb), ${rest}`
  const refused = {
    'another fact': `${allowed}, action = 'x'`,
    'another time': `${allowed}, at = now()`,
    'another value': `changes = jsonb_set(changes, '{name,to}', '"forged"')`,
    'a value in the commitment’s place': allowed.replace(`"to": null`, `"to": "forged"`),
    'no commitment': allowed.replaceAll(hash, 'short'),
    'a field that is just not there': `changes = changes - 'name', ${rest}`,
    'a new field': `${allowed.replace('changes || jsonb', `changes || '{"more": {"from": 1, "to": 2}}' || jsonb`)}`,
    'the salt kept': allowed.replace('salt = null', 'salt = salt'),
    'a salt of the erased field kept': allowed.replace(
      /, salts = .*/,
      `, salts = ${schema}.remaining_salts_${schema}(e, salt, salts)`,
    ),
    'other salts': allowed.replace(/, salts = .*/, `, salts = '{}'`),
    'a name without its commitment': 'member_name = null',
    'another name': `member_name = 'Forged'`,
    'a commitment to what was never there': `${allowed}, erased = '{"reason": "${hash}"}'`,
  }
  const as = async (set: string) => {
    const client = new pg.Client({ ...loginAs(world.server, keys, 'kontor_provisioner', 1) })
    await client.connect()
    try {
      await client.query('begin; set local role kontor_owner')
      await client.query(`update ${schema}.audit_event e set ${set} where id = '${event!.id}'`)
      return undefined
    } catch (error) {
      return (error as pg.DatabaseError).code ?? error
    } finally {
      await client.end()
    }
  }
  expect(await as(allowed)).toBeUndefined()
  for (const [name, set] of Object.entries(refused)) expect(await as(set), name).toBe('42501')
  await world.superuser(
    `update ${schema}.audit_erasure set status = 'done', finished_at = now() where status = 'running'`,
  )
  expect(await as(allowed)).toBe('42501')
})
