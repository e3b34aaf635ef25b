import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseVerifierKey } from '#server/audit-log/note.ts'
import { verifyExport } from '#server/audit-log/verify-export.ts'
import type { AuditFilters } from '#server/features/audit/audit-filters.ts'
import { exportToFile } from '#server/features/audit-exports/export-to-file.ts'
import { runAuditExport, runAuditSchedule } from '#server/features/audit-exports/index.ts'
import { RemovedMeanwhileError } from '#server/features/audit-exports/write-audit-export.ts'
import { purgeAudit } from '#server/features/audit-retention/prune-audit.ts'
import { setPlan } from '#server/features/workspaces/set-plan.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
const odd = 'ó\u0301 日本語 👩‍👩‍👧 \u202e \u0007 \u2028 "=1+1" \\ </script>\r\n\ttail'
let world: World
let ada: Person
let folder: string
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  folder = await mkdtemp(join(tmpdir(), 'kontor-exports-'))
  ada = world.acme.ada
  const { id: projectId } = await ada.api.createProject({ path, body: { name: odd.slice(0, 20) } })
  await world.asWorkspace(
    world.acme.schema,
    `insert into task (id, project_id, number, title) select gen_random_uuid(), $1, 0, 'Task ' || n from generate_series(1, 900) n`,
    [projectId],
  )
  await ada.api.createTask({ path, body: { projectId, title: 'Odd', description: odd } })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const key = () => parseVerifierKey(world.services.auditKeys.signing().vkey)
const never = new AbortController().signal

async function expectGood(bytes: AsyncIterable<Uint8Array>) {
  const verdict = await verifyExport(bytes, key())
  expect(verdict.problems).toEqual([])
  return verdict
}

async function stored(id: string): Promise<AsyncIterable<Uint8Array>> {
  await runAuditExport(world.services, { workspaceId: world.acme.id, exportId: id }, never)
  const answer = await fetch(`${world.url}/api/workspaces/acme/audit-exports/${id}/content`, {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  expect(answer.status).toBe(200)
  return answer.body!
}

const order = (output: string) => ({
  ...{ workspace: acme(), format: 'ndjson' as const, filters: {}, output, resume: false, onProgress: () => {} },
})
const toFile = (output: string, more: { format?: 'csv' | 'ndjson'; filters?: AuditFilters; resume?: boolean } = {}) =>
  exportToFile(world.services, { ...order(output), ...more })

test('what is streamed verifies offline, whole and by filters', async () => {
  for (const query of [
    '',
    '&entity=task&q=odd',
    '&field=title',
    '&since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z',
  ]) {
    const answer = await fetch(`${world.url}/api/workspaces/acme/audit-events/export?format=ndjson${query}`, {
      headers: { authorization: `Bearer ${ada.token}` },
    })
    expect(answer.status).toBe(200)
    const { events, leftOut } = await expectGood(answer.body!)
    if (query === '') expect([events > 900, leftOut]).toEqual([true, 0])
    if (query.includes('q=odd')) expect(events).toBe(1)
    if (query.includes('since')) expect(events).toBe(0)
  }
})

test('what is made in the background verifies offline, and any byte that is changed is found', async () => {
  const { id } = await ada.api.createAuditExport({ path, body: { format: 'ndjson' } })
  const bytes = Buffer.concat(await Array.fromAsync(await stored(id)))
  await expectGood(chunked(bytes))
  const at = bytes.indexOf('日本語')
  const changed = Buffer.from(bytes)
  changed[at] = changed[at]! ^ 1
  const { problems } = await verifyExport(chunked(changed), key())
  expect(problems.length).toBeGreaterThan(0)
})

async function* chunked(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
}

test('the exports of a schedule verify one by one, also those that begin in the middle of a tile', async () => {
  world.setClock('2026-11-23T08:00:00Z')
  const { id } = await ada.api.createAuditExportSchedule({ path, body: { format: 'ndjson', every: 'daily', hour: 3 } })
  let events = 0
  for (const day of ['24', '25', '26']) {
    world.setClock(`2026-11-${day}T02:00:00Z`)
    await runAuditSchedule(world.services, { workspaceId: world.acme.id, scheduleId: id })
    const made = (await ada.api.listAuditExports({ path })).items.find(each => each.scheduleId === id)!
    events += (await expectGood(await stored(made.id))).events
    expect(events).toBe(made.size)
  }
})

test('a file of the command line verifies, and is whole before it has its name', async () => {
  const output = join(folder, 'whole.ndjson')
  const made = await toFile(output)
  const verdict = await expectGood(createReadStream(output))
  expect(verdict.events).toBe(made.count)
  await expect(readFile(`${output}.partial`)).rejects.toThrow()
  const { items } = await ada.api.listAuditEvents({ path, query: { action: 'audit.exported' } })
  expect(items[0]).toMatchObject({ memberId: null, job: 'command-line' })
})

test.each(['csv', 'ndjson'] as const)('a %s file that breaks off anywhere goes on where it is whole', async format => {
  const output = join(folder, `again.${format}`)
  const first = await toFile(output, { format })
  const whole = await readFile(output)
  for (const at of [0, 1, 100, 90_000, Math.floor(whole.length / 2), whole.length - 30, whole.length]) {
    await writeFile(`${output}.partial`, whole)
    await truncate(`${output}.partial`, at)
    const made = await toFile(output, { format, resume: true })
    if (at > 300_000) expect(made.resumedAt, String(at)).toBeGreaterThan(100_000)
    if (format === 'ndjson') await expectGood(createReadStream(output))
    if (made.resumedAt > 0 && format === 'ndjson') expect((await readFile(output)).equals(whole), String(at)).toBe(true)
    if (format === 'csv')
      expect((await readFile(output)).subarray(0, whole.length).equals(whole), String(at)).toBe(true)
  }
  expect(first.count).toBeGreaterThan(900)
})

test('a file of other filters or of another workspace is not gone on with', async () => {
  const output = join(folder, 'other.ndjson')
  await toFile(output)
  await writeFile(`${output}.partial`, await readFile(output))
  await expect(toFile(output, { filters: { entity: 'task' }, resume: true })).rejects.toThrow(/another export/)
})

test('the command line asks for the plan too', async () => {
  await setPlan(world.services, 'acme', 'pro')
  await expect(toFile(join(folder, 'refused.ndjson'))).rejects.toMatchObject({ code: 'plan-required' })
  await setPlan(world.services, 'acme', 'business')
})

test('what retention removes meanwhile ends an export; the next one says of each event who removed it', async () => {
  const output = join(folder, 'pruned.ndjson')
  world.setClock('2031-01-01T12:00:00Z')
  const purge = () => purgeAudit(world.services, { slug: 'acme', dryRun: false, onEach: () => {} })
  const removing = { ...order(output), onProgress: () => purge().then(() => {}) }
  await expect(exportToFile(world.services, removing)).rejects.toThrow(RemovedMeanwhileError)
  await ada.api.createTag({ path, body: { name: 'after' } })
  const made = await toFile(output)
  const verdict = await expectGood(createReadStream(output))
  expect(verdict).toMatchObject({ events: made.count })
  expect(verdict.leftOut + verdict.events).toBe(made.size)
  expect(verdict.leftOut).toBeGreaterThan(900)
})
