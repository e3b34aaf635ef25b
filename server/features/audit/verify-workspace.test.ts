import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { commitment, fieldSalt, saltsByField } from '#server/audit-log/leaf.ts'
import { splitNotes } from '#server/audit-log/note.ts'
import { checkpointPath } from '#server/features/audit/checkpoint-file.ts'
import { leafColumns, leafParts } from '#server/features/audit/leaf-rows.ts'
import { signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { verifyWorkspace } from '#server/features/audit/verify-workspace.ts'
import { sealAll } from '#tests/setup/seal-all.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let superuser: pg.Client
let file: string
let size: number
const path = { workspace: 'acme' }
const tables = ['audit_event', 'audit_leaf', 'audit_tile', 'audit_checkpoint', 'workspace']

// 256 × 3 and some: complete tiles, one that is begun, checkpoints in the middle of tiles and at their ends.
beforeAll(async () => {
  world = await createWorld()
  file = checkpointPath(world.services.config.dataDir, world.acme.id)
  superuser = new pg.Client(world.server.admin)
  await superuser.connect()
  await superuser.query(`set search_path = ${world.acme.schema}`)
  for (const tags of [10, 300, 90, 0, 420]) {
    await addTags(tags)
    size = (await signCheckpoint(world.services, acme())).size
  }
  await addTags(256 - (size % 256))
  await signCheckpoint(world.services, acme())
  await addTags(90)
  size = (await signCheckpoint(world.services, acme())).size
  await superuser.query(`create schema kept`)
  for (const table of tables) await superuser.query(`create table kept.${table} as select * from ${table}`)
  writeFileSync(`${file}-kept`, readFileSync(file))
  // From here on as whoever owns the machine of the database: no trigger fires.
  for (const table of tables) await superuser.query(`alter table ${table} disable trigger all`)
})
afterAll(async () => {
  await superuser.end()
  await world.close()
})
afterEach(async () => {
  for (const table of tables) {
    const { rows } = await superuser.query<{ names: string }>(
      `select string_agg(quote_ident(attname), ', ') as names from pg_attribute
       where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
    await superuser.query(`delete from ${table}`)
    const { names } = rows[0]!
    await superuser.query(`insert into ${table} (${names}) overriding system value select ${names} from kept.${table}`)
  }
  rmSync(file, { force: true })
  writeFileSync(file, readFileSync(`${file}-kept`))
})

let tagCount = 0
async function addTags(count: number): Promise<void> {
  tagCount += 1000
  const names = `'tag ' || ${tagCount} + n from generate_series(1, ${count}) n`
  await world.asWorkspace(world.acme.schema, `insert into tag (id, name) select gen_random_uuid(), ${names}`)
}
const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const verify = () => verifyWorkspace(world.services, 'acme')
const idOf = async (index: number) =>
  (await superuser.query<{ id: string }>('select event_id as id from audit_leaf where index = $1', [index])).rows[0]!.id
const tamper = (text: string, values: unknown[] = []) => superuser.query(text, values)
const flip = `set_byte(hashes, $1, get_byte(hashes, $1) # 1)`

async function expectFirst(expected: object): Promise<void> {
  const { problems } = await verify()
  expect(problems[0]).toMatchObject(expected)
}

test('of what nobody touched every event, every leaf and every checkpoint is right', async () => {
  const verdict = await verify()
  expect(verdict).toMatchObject({ size, events: size, pruned: 0, unsealed: 0, problems: [] })
  const { rows } = await tamper('select count(*)::int as count from audit_checkpoint')
  expect(verdict.checkpoints).toMatchObject({
    inDatabase: rows[0].count,
    inFile: splitNotes(readFileSync(file, 'utf8')).length,
    newest: { size },
  })
})

test('what was added since the last checkpoint is right too, and what is not sealed yet is counted', async () => {
  for (const table of tables) await tamper(`alter table ${table} enable trigger all`)
  await addTags(5)
  expect(await verify()).toMatchObject({ size, unsealed: 5, problems: [] })
  await sealAll(world.services, acme())
  expect(await verify()).toMatchObject({ size: size + 5, unsealed: 0, problems: [] })
  for (const table of tables) await tamper(`alter table ${table} disable trigger all`)
})

test.each([
  ['an action', `action = 'tag.updated'`],
  ['a value', `changes = jsonb_set(changes, '{name,to}', '"other"')`],
  ['a time', `at = at + interval '1 ms'`],
  ['a member', `member_id = gen_random_uuid()`],
  ['a name', `member_name = 'Somebody'`],
  ['a reason', `reason = 'None'`],
  ['a salt', `salt = gen_random_uuid()`],
  ['no salt', `salt = null`],
  ['a commitment that is none', `erased = '{"memberName":"x"}'`],
])('an event with %s changed is named', async (_, change) => {
  for (const index of [0, 255, 256, 300, size - 1]) {
    const id = await idOf(index)
    await tamper(`update audit_event set ${change} where id = $1`, [id])
    const { problems } = await verify()
    expect(problems[0]).toMatchObject({ kind: 'changed', event: { index, id } })
    await tamper(
      `update audit_event e set action = k.action, changes = k.changes, at = k.at, member_id = k.member_id,
       member_name = k.member_name, reason = k.reason, salt = k.salt, erased = k.erased from kept.audit_event k where k.id = e.id and e.id = $1`,
      [id],
    )
  }
})

test('of several wrong events the first is named', async () => {
  const ids = [await idOf(700), await idOf(400), await idOf(410)]
  await tamper(`update audit_event set reason = 'x' where id = any($1)`, [ids])
  await expectFirst({ kind: 'changed', event: { index: 400 } })
})

test('an event that was removed is named by its leaf, whether or not its place went too', async () => {
  const id = await idOf(333)
  await tamper('delete from audit_event where id = $1', [id])
  await expectFirst({ kind: 'removed', event: { index: 333, id } })
  await tamper('delete from audit_leaf where index = 333')
  await expectFirst({ kind: 'removed', event: { index: 333 } })
})

test('an event that was removed, with all places after it moved up, is noticed where it was', async () => {
  await tamper('delete from audit_event where id = $1', [await idOf(333)])
  await tamper('delete from audit_leaf where index = 333')
  await tamper('update audit_leaf set index = -index where index > 333')
  await tamper('update audit_leaf set index = -index - 1 where index < 0')
  await expectFirst({ kind: 'moved', event: { index: 333, id: await idOf(333) } })
})

test('an event that was put in between without a leaf is named', async () => {
  const { rows } = await tamper(
    `insert into audit_event (id, xid, seq, entity, entity_id, action, changes) overriding system value
     select gen_random_uuid(), xid, -seq, entity, gen_random_uuid(), action, changes from audit_event where id = $1 returning id`,
    [await idOf(500)],
  )
  await expectFirst({ kind: 'added', event: { id: rows[0].id } })
})

test('an event that was put in between with a place is named', async () => {
  await tamper('update audit_leaf set index = -index - 1 where index >= 500')
  await tamper('update audit_leaf set index = -index where index < 0')
  const { rows } = await tamper(
    `insert into audit_event (id, entity, entity_id, action, changes)
     select gen_random_uuid(), entity, gen_random_uuid(), action, changes from audit_event limit 1 returning id`,
  )
  await tamper(`insert into audit_leaf (event_id, index, at, terms, search) values ($1, 500, now(), '{}', '')`, [
    rows[0].id,
  ])
  await expectFirst({ kind: 'added', event: { index: 500, id: rows[0].id } })
})

test('a leaf behind the tree is named', async () => {
  await tamper(
    `insert into audit_leaf (event_id, index, at, terms, search) values (gen_random_uuid(), $1, now(), '{}', '')`,
    [size],
  )
  await expectFirst({ kind: 'added', event: { index: size } })
})

test('two events that were swapped are named, also across tiles', async () => {
  for (const [a, b] of [
    [100, 101],
    [200, 600],
  ] as const) {
    await tamper('update audit_leaf set index = -1 where index = $1', [a])
    await tamper('update audit_leaf set index = $1 where index = $2', [a, b])
    await tamper('update audit_leaf set index = $1 where index = -1', [b])
    const { problems } = await verify()
    expect(problems[0]).toMatchObject({
      kind: 'moved',
      event: { index: a, id: await idOf(a) },
      sentence: expect.stringContaining(`it is event ${b}`),
    })
    await tamper(
      'update audit_leaf l set index = k.index + 100000 from kept.audit_leaf k where k.event_id = l.event_id',
    )
    await tamper('update audit_leaf set index = index - 100000')
  }
})

test('events that retention removed are missing rightly, and others beside them are not', async () => {
  await tamper('delete from audit_event where id in (select event_id from audit_leaf where index between 20 and 280)')
  const prune = (ranges: string) =>
    tamper(
      `insert into audit_event (id, entity, entity_id, action, changes) select gen_random_uuid(), 'audit', id, 'audit.pruned',
       jsonb_build_object('ranges', jsonb_build_object('from', null, 'to', $1::jsonb)) from workspace`,
      [ranges],
    )
  await prune('[[20,100],[150,280]]')
  await expectFirst({ kind: 'removed', event: { index: 101 } })
  await prune('[[101,149]]')
  expect(await verify()).toMatchObject({ pruned: 261, events: size - 261, problems: [] })
  await sealAll(world.services, acme())
  expect(await verify()).toMatchObject({ pruned: 261, problems: [] })
  await tamper('delete from audit_event where id = $1', [await idOf(281)])
  await expectFirst({ kind: 'removed', event: { index: 281 } })
})

test('a field that was erased rightly is still its leaf, by its commitment', async () => {
  const id = await idOf(400)
  const row = await world.services.workspaces.system(acme(), db =>
    db.selectFrom('audit_event').select(leafColumns).where('id', '=', id).executeTakeFirstOrThrow(),
  )
  const s = Buffer.from(row.salt!.replaceAll('-', ''), 'hex')
  const { event, salts } = leafParts(row)
  const { 'changes.name': _, ...left } = saltsByField(event, salts)
  const erased = commitment(fieldSalt(s, 'changes.name'), event.changes.name)
  await tamper(
    `update audit_event set salt = null, salts = $2, changes = jsonb_set(changes, '{name}', $3) where id = $1`,
    [id, left, { from: null, to: null, erased }],
  )
  expect((await verify()).problems).toEqual([])
  await tamper(`update audit_event set changes = jsonb_set(changes, '{name,erased}', $2) where id = $1`, [
    id,
    JSON.stringify(commitment(fieldSalt(s, 'changes.name'), { from: null, to: 'other' })),
  ])
  await expectFirst({ kind: 'changed', event: { index: 400, id } })
})

test('a hash that was changed is told from an event that was', async () => {
  await tamper(`update audit_tile set hashes = ${flip} where level = 0 and n = 1`, [70])
  await expectFirst({ kind: 'tile', range: [256, 511], sentence: expect.stringContaining('the hashes are not') })
  await tamper(`update audit_tile t set hashes = k.hashes from kept.audit_tile k where (k.level, k.n) = (t.level, t.n)`)
  const last = Math.floor((size - 1) / 256)
  await tamper(`update audit_tile set hashes = ${flip} where level = 0 and n = ${last}`, [0])
  await expectFirst({ kind: 'tile', range: [last * 256, size - 1] })
})

test('a hash above the events that was changed is named with the events below it', async () => {
  await tamper(`update audit_tile set hashes = ${flip} where level = 1 and n = 0`, [32])
  await expectFirst({ kind: 'tile', range: [256, 511] })
})

test('hashes that were removed are named', async () => {
  await tamper('delete from audit_tile where level = 0 and n = 2')
  await expectFirst({ kind: 'tile', range: [512, 767] })
})

/** Makes the tree anew from the events as they are now, with all that belongs to it in the database. */
async function rewrite(): Promise<void> {
  for (const table of ['audit_leaf', 'audit_tile', 'audit_checkpoint']) await tamper(`delete from ${table}`)
  await tamper(`update workspace set sealed_xid = '0', sealed_seq = 0, sealed_size = 0`)
  await sealAll(world.services, acme())
}

test('a tree that was rewritten as a whole is caught by the file beside the database, and by nothing in it', async () => {
  await tamper(`update audit_event set reason = 'rewritten' where id = $1`, [await idOf(350)])
  await rewrite()
  const { problems } = await verify()
  expect(problems[0]).toMatchObject({ kind: 'kept' })
  const [first, last] = problems[0]!.range!
  expect(first).toBeLessThanOrEqual(350)
  expect(last).toBeGreaterThanOrEqual(350)
  await expect(signCheckpoint(world.services, acme())).rejects.toMatchObject({ code: 'audit-inconsistent' })
  expect(await world.acme.ada.api.getAuditStatus({ path })).toMatchObject({ state: 'inconsistent' })
  renameSync(file, `${file}-away`)
  expect((await verify()).problems).toEqual([])
  rmSync(`${file}-away`)
})

test('a tree that was rewritten is caught by checkpoints in the database, where the file is gone', async () => {
  await tamper(`update audit_event set reason = 'rewritten' where id = $1`, [await idOf(350)])
  await tamper('create table kept.signed as select * from audit_checkpoint')
  await rewrite()
  await tamper('insert into audit_checkpoint select * from kept.signed')
  rmSync(file)
  await expectFirst({ kind: 'root' })
  await tamper('drop table kept.signed')
})

test('events that were removed from the end with their leaves are told by what was signed', async () => {
  await tamper('delete from audit_event where id in (select event_id from audit_leaf where index >= $1)', [size - 10])
  await rewrite()
  await expectFirst({ kind: 'kept', range: [size - 10, size - 1] })
})

test('a checkpoint that another key signed, and a file that is damaged, are told', async () => {
  const notes = splitNotes(readFileSync(file, 'utf8'))
  await tamper(`update audit_checkpoint set note = replace(note, '— ', '— x') where size = $1`, [size])
  await expectFirst({ kind: 'signature' })
  await tamper('update audit_checkpoint c set note = k.note from kept.audit_checkpoint k where k.size = c.size')
  writeFileSync(file, notes.toReversed().join(''))
  await expectFirst({ kind: 'kept', sentence: expect.stringContaining('not in order') })
  writeFileSync(file, `nonsense\n\n${notes.join('')}`)
  await expectFirst({ kind: 'kept', sentence: expect.stringContaining('damaged') })
})

test('an unknown workspace is refused', async () => {
  await expect(verifyWorkspace(world.services, 'nowhere')).rejects.toMatchObject({ code: 'not-found' })
})
