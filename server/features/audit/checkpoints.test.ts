import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckpoint } from '#server/audit-log/checkpoint.ts'
import { makeSigningKey, splitNotes } from '#server/audit-log/note.ts'
import { examineAuditLogs } from '#server/doctor/audit-log.ts'
import { checkpointPath, readNewestNote, readNotes } from '#server/features/audit/checkpoint-file.ts'
import { checkpointOf, signAuditCheckpoint, signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let file: string
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  file = checkpointPath(world.services.config.dataDir, world.acme.id)
})
afterAll(() => world.close())

const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const sign = () => signCheckpoint(world.services, acme())
const status = () => world.acme.ada.api.getAuditStatus({ path })
const addTag = (name: string) => world.acme.ada.api.createTag({ path, body: { name } })
const rows = () =>
  world.superuser<{ size: number }>(`select size::int from ${world.acme.schema}.audit_checkpoint order by 1`)
const inFile = () =>
  splitNotes(readFileSync(file, 'utf8')).map(note => openCheckpoint(note, world.services.auditKeys.signing()).size)

/** As whoever owns the database server: with triggers that do not fire. */
async function tamper(text: string): Promise<void> {
  await world.superuser(`do $$ begin set local session_replication_role = replica;
    alter table ${world.acme.schema}.audit_checkpoint disable trigger all;
    alter table ${world.acme.schema}.audit_event disable trigger all;
    ${text}; end $$`)
}

test('a checkpoint signs all that is settled, and is in the file and in the table', async () => {
  await addTag('first')
  const { size, root, note } = await sign()
  expect(openCheckpoint(note, world.services.auditKeys.signing())).toEqual({
    origin: `${world.services.auditKeys.signing().name}/${world.acme.id}`,
    size,
    root,
  })
  expect(readNewestNote(file)).toBe(note)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
  expect(await rows()).toEqual([{ size }])
  expect(await checkpointOf(world.services, acme(), size)).toEqual({ size, root, note })
  expect(await status()).toMatchObject({ sealedSize: size, unsealed: 0, state: 'ok', checkpoint: { size, note } })
})

test('what has not changed is not signed again, and many at once sign one tree', async () => {
  const before = await sign()
  expect(await sign()).toEqual(before)
  await addTag('second')
  const results = await Promise.all([sign(), sign(), sign()])
  expect(new Set(results.map(({ note }) => note)).size).toBe(1)
  expect(results[0]!.size).toBe(before.size + 1)
  expect(inFile()).toEqual((await rows()).map(({ size }) => size))
})

test('checkpoints are listed newest first, page by page', async () => {
  await addTag('third')
  const { size, root, note } = await sign()
  const first = await world.acme.ada.api.listAuditCheckpoints({ path, query: { limit: 1 } })
  expect(first.items).toEqual([{ size, note, rootHash: root.toString('base64'), createdAt: expect.any(String) }])
  const rest = await world.acme.ada.api.listAuditCheckpoints({ path, query: { cursor: first.nextCursor! } })
  expect([...first.items, ...rest.items].map(each => each.size)).toEqual(
    (await rows()).map(each => each.size).reverse(),
  )
})

test('what a crash has left at the end of the file is cut off, and all notes before it stay', async () => {
  const notes = splitNotes(readFileSync(file, 'utf8'))
  const { size } = statSync(file)
  await addTag('torn')
  const { note } = await sign()
  for (const left of [1, 60, note.length - 3]) {
    truncateSync(file, size)
    appendFileSync(file, Buffer.from(note).subarray(0, left))
    expect(readNewestNote(file)).toBe(notes.at(-1))
    await sign()
    expect(readFileSync(file, 'utf8')).toBe([...notes, note].join(''))
  }
})

test('of a file with only a torn note nothing is left but the next one', async () => {
  const whole = readFileSync(file)
  writeFileSync(file, whole.subarray(0, 40))
  const { note } = await sign()
  expect(readFileSync(file, 'utf8')).toBe(note)
  writeFileSync(file, whole)
})

test('a checkpoint that was written to the file before the server was killed is put into the table', async () => {
  await addTag('killed')
  const { size, note } = await sign()
  await tamper(`delete from ${world.acme.schema}.audit_checkpoint where size = ${size}`)
  expect(await sign()).toMatchObject({ size, note })
  expect((await rows()).at(-1)).toEqual({ size })
  expect(inFile().filter(each => each === size)).toHaveLength(1)
})

test('a large file is read in pieces, and only its end for the newest', async () => {
  const note = readNewestNote(file)!
  const other = `${file}-large`
  writeFileSync(other, note.repeat(3000))
  let count = 0
  for await (const each of readNotes(other)) if (each === note) count++
  expect([count, readNewestNote(other)]).toEqual([3000, note])
  writeFileSync(other, `${note}${'x'.repeat(5000)}`)
  expect(() => readNewestNote(other)).toThrow(/damaged/)
})

test('without the tree that the file has signed nothing is signed, and the status says so', async () => {
  const [kept] = await world.superuser<{ hashes: Buffer }>(
    `select hashes from ${world.acme.schema}.audit_tile where level = 0 and n = 0`,
  )
  const flipped = Buffer.from(kept!.hashes)
  flipped[5]! ^= 1
  const put = (hashes: Buffer) =>
    world.superuser(`update ${world.acme.schema}.audit_tile set hashes = $1 where level = 0 and n = 0`, [hashes])
  await put(flipped)
  await addTag('refused')
  const before = await rows()
  await expect(sign()).rejects.toMatchObject({ code: 'audit-inconsistent' })
  // The job does not try for ever.
  await signAuditCheckpoint(world.services, { workspaceId: world.acme.id }, new AbortController().signal)
  expect(await rows()).toEqual(before)
  expect(await status()).toMatchObject({ state: 'inconsistent', sentence: expect.stringContaining(file) })
  // The hash that was appended meanwhile stays.
  const [grown] = await world.superuser<{ hashes: Buffer }>(
    `select hashes from ${world.acme.schema}.audit_tile where level = 0 and n = 0`,
  )
  await put(Buffer.concat([kept!.hashes, grown!.hashes.subarray(kept!.hashes.length)]))
  expect(await status()).toMatchObject({ state: 'ok' })
  await sign()
})

test('an older backup of the database is noticed by the file, and by the file alone', async () => {
  const { size, note } = await sign()
  const backup = `${file}-of-later`
  renameSync(file, backup)
  await sign()
  expect(await status()).toMatchObject({ state: 'ok' })
  const later = note.replace(`\n${size}\n`, `\n${size + 7}\n`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, later)
  expect(await status()).toMatchObject({ state: 'inconsistent', sentence: expect.stringContaining('older backup') })
  await expect(sign()).rejects.toMatchObject({ code: 'audit-inconsistent' })
  rmSync(file)
  renameSync(backup, file)
})

test('the doctor names a history that is not what was signed, and a cluster that counts transactions anew', async () => {
  const examine = async () => {
    const admin = new pg.Client(world.server.admin)
    await admin.connect()
    const findings = await examineAuditLogs(world.services.config, admin)
    await admin.end()
    return findings
  }
  expect(await examine()).toEqual([{ level: 'ok', check: 'history', detail: expect.any(String) }])
  const { size, note } = await sign()
  const before = readFileSync(file)
  appendFileSync(file, note.replace(`\n${size}\n`, `\n${size + 1}\n`))
  expect(await examine()).toEqual([
    { level: 'error', check: 'history', detail: expect.stringMatching(/^acme: .*docs\/operating.md$/) },
  ])
  writeFileSync(file, before)
  const [{ xid } = { xid: '' }] = await world.superuser<{ xid: string }>(
    `select sealed_xid::text as xid from ${world.acme.schema}.workspace`,
  )
  await world.superuser(`update ${world.acme.schema}.workspace set sealed_xid = '8589934599'`)
  expect(await examine()).toEqual([
    { level: 'error', check: 'history', detail: expect.stringContaining('pg_resetwal --epoch=3') },
  ])
  await world.superuser(`update ${world.acme.schema}.workspace set sealed_xid = $1::text::xid8`, [xid])
})

test('a checkpoint that somebody puts into the table themselves stops signing unless it is of this tree', async () => {
  const { size, note } = await sign()
  const fake = note.replace(/\n[^\n]+=\n\n/, `\n${Buffer.alloc(32).toString('base64')}\n\n`)
  await addTag('after the fake')
  await world.asWorkspace(world.acme.schema, 'insert into audit_checkpoint (size, note) values ($1, $2)', [
    size + 1,
    fake.replace(`\n${size}\n`, `\n${size + 1}\n`),
  ])
  await expect(sign()).rejects.toMatchObject({ code: 'audit-inconsistent' })
  await tamper(`delete from ${world.acme.schema}.audit_checkpoint where size = ${size + 1}`)
  expect((await sign()).size).toBe(size + 1)
})

test('a checkpoint of another key, or of another workspace, opens for nobody', async () => {
  const { note } = await sign()
  expect(() => openCheckpoint(note, makeSigningKey('elsewhere/audit'))).toThrow()
  const globex = await world.globex.gina.api.getAuditStatus({ path: { workspace: 'globex' } })
  expect(globex.checkpoint).toBeNull()
})

test('the history is behind when events wait too long for their seal', async () => {
  await addTag('forgotten')
  expect(await status()).toMatchObject({ state: 'ok', unsealed: 1 })
  await tamper(
    `update ${world.acme.schema}.audit_event set at = at - interval '1 hour' where changes -> 'name' ->> 'to' = 'forgotten'`,
  )
  expect(await status()).toMatchObject({ state: 'behind', unsealed: 1 })
})
