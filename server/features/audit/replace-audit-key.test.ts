import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openCheckpoint } from '#server/audit-log/checkpoint.ts'
import { makeSigningKey } from '#server/audit-log/note.ts'
import { examineAuditLogs } from '#server/doctor/audit-log.ts'
import { replaceAuditKey } from '#server/features/audit/replace-audit-key.ts'
import { signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { verifyWorkspace } from '#server/features/audit/verify-workspace.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let file: string
beforeAll(async () => {
  world = await createWorld()
  file = join(world.services.config.dataDir, 'audit-key')
})
afterAll(() => world.close())

let tags = 0
beforeEach(async () => {
  await world.acme.ada.api.createTag({ path, body: { name: `tag ${tags++}` } })
})

const acme = () => ({ ...world.acme, loginKey: 1 })
const sign = () => signCheckpoint(world.services, acme())
const status = () => world.acme.ada.api.getAuditStatus({ path })
const problems = async () => (await verifyWorkspace(world.services, 'acme')).problems

test.each([
  ['missing', () => rmSync(file), /audit-key is missing/],
  ['damaged', () => writeFileSync(file, 'PRIVATE+KEY'), /audit-key is damaged/],
  ['another', () => writeFileSync(file, makeSigningKey('127.0.0.1/audit').skey), /has signed until now/],
])('while the key is %s the history is sealed and not signed, until it is back', async (_, harm, sentence) => {
  const { size } = await sign()
  const kept = readFileSync(file)
  await world.acme.ada.api.createTag({ path, body: { name: `tag ${tags++}` } })
  harm()
  await expect(sign()).rejects.toMatchObject({ code: 'audit-inconsistent', message: expect.stringMatching(sentence) })
  expect(await status()).toMatchObject({
    sealedSize: size + 1,
    state: 'behind',
    sentence: expect.stringContaining('kontor doctor'),
    checkpoint: { size },
  })
  rmSync(file, { force: true })
  writeFileSync(file, kept, { mode: 0o600 })
  expect(await sign()).toMatchObject({ size: size + 1 })
  expect(await status()).toMatchObject({ state: 'ok' })
})

test('a key that stands in both lists without having signed is found by the checkpoint that is there', async () => {
  await sign()
  const list = join(world.services.config.dataDir, 'audit-keys')
  const kept = [readFileSync(file), readFileSync(list)] as const
  const other = makeSigningKey('localhost/audit')
  writeFileSync(file, other.skey)
  writeFileSync(list, other.vkey)
  await expect(sign()).rejects.toMatchObject({ message: expect.stringContaining('is not signed by the key') })
  expect(await status()).toMatchObject({ state: 'inconsistent' })
  writeFileSync(file, kept[0])
  writeFileSync(list, kept[1])
})

test('a new key is told in every history, which the old one signs for, and all checkpoints go on verifying', async () => {
  const old = world.services.auditKeys.signing()
  const { key, before, workspaces, vouched } = await replaceAuditKey(world.services, 'The server was stolen')
  expect([before?.vkey, workspaces, vouched]).toEqual([old.vkey, 2, 2])
  for (const [slug, { api }] of [['acme', world.acme.ada] as const, ['globex', world.globex.gina] as const]) {
    const query = { action: 'audit.key_replaced' } as const
    const { items } = await api.listAuditEvents({ path: { workspace: slug }, query })
    expect(items).toMatchObject([
      {
        memberId: null,
        job: 'audit-key',
        reason: 'The server was stolen',
        changes: { key: { from: old.vkey, to: key.vkey } },
      },
    ])
    // The event is the last that the old key has signed for.
    const { checkpoint, sealedSize, verifierKey } = await api.getAuditStatus({ path: { workspace: slug } })
    expect(openCheckpoint(checkpoint!.note, old).size).toBe(sealedSize)
    expect(verifierKey).toBe(key.vkey)
  }
  await world.acme.ada.api.createTag({ path, body: { name: `tag ${tags++}` } })
  const { note } = await sign()
  expect(() => openCheckpoint(note, old)).toThrow('is not signed by the key')
  expect(openCheckpoint(note, key).origin).toBe(`${old.name}/${world.acme.id}`)
  expect(await problems()).toEqual([])
})

test('where the old key is lost, the new one goes on, and nobody has signed for it', async () => {
  const { size } = await sign()
  rmSync(file)
  const admin = new pg.Client(world.server.admin)
  await admin.connect()
  const findings = await examineAuditLogs(world.services.config, admin)
  await admin.end()
  const detail = expect.stringMatching(/audit-key is missing: .* `kontor audit key --replace` .* nothing is signed\.$/)
  expect(findings).toEqual([{ level: 'error', check: 'history', detail }])
  const { key, vouched } = await replaceAuditKey(world.services, 'The disk is broken')
  expect(vouched).toBe(0)
  const { note, size: now } = await sign()
  expect(openCheckpoint(note, key).size).toBe(now)
  expect(now).toBeGreaterThan(size)
  expect(await problems()).toEqual([])
})
