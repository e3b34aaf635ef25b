import { spawnSync } from 'node:child_process'
import { createHash, hash } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { originOf, signCheckpoint } from '#server/audit-log/checkpoint.ts'
import { leafOf, saltsByField, saltsFrom } from '#server/audit-log/leaf.ts'
import { makeSigningKey, parseVerifierKey, type VerifierKey } from '#server/audit-log/note.ts'
import { appendToTiles, partialTiles, type ReadTile, rootAt } from '#server/audit-log/tiles.ts'
import { verifyExport } from '#server/audit-log/verify-export.ts'
import { type ExportedEvent, exportLines, exportTrailer } from '#server/audit-log/write-export.ts'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'

/**
 * `node bench/audit-verify.ts [events]`: how fast an export is verified, beside the least that any program would do with it
 * (read it, parse each line, hash each line once). Both take turns in a process of their own; its processor time counts,
 * since others use the machine.
 */
const wanted = 200_000
const rounds = 5
const readBytes = 256 * 1024
const key = makeSigningKey('bench.example.eu/audit')
const workspace = { id: '0199a2c4-aaaa-7000-8000-000000000001', slug: 'bench', name: 'Bench' }
const [given, made, vkey] = process.argv.slice(2)
const count = Number(given ?? 1_000_000)
const folder = made ?? mkdtempSync(join(tmpdir(), 'kontor-audit-verify-'))
const path = join(folder, 'export.ndjson')
if (vkey) {
  await compare(parseVerifierKey(vkey))
} else {
  try {
    const bytes = await writeExport()
    console.log(`${cpus()[0]?.model}\n${count} events, ${Math.round(bytes / count)} bytes each`)
    const args = [import.meta.filename, String(count), folder, key.vkey]
    process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function compare(key: VerifierKey): Promise<void> {
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await secondsOf(() => verify(key)))
    if (round === 0)
      console.log(`memory              ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`.padStart(20))
    bare.push(await secondsOf(parseAndHash))
  }
  const [least, taken] = [Math.min(...bare), Math.min(...ours)]
  console.log(`parse and hash once ${perSecond(least)}`)
  console.log(`verify              ${perSecond(taken)}, ${(taken / least).toFixed(2)} times as long`)
  if (count / taken < wanted) process.exitCode = 1
}

async function verify(key: VerifierKey): Promise<void> {
  const { problems, events } = await verifyExport(createReadStream(path, { highWaterMark: readBytes }), key)
  if (problems.length > 0 || events !== count) throw new Error(problems[0]?.sentence ?? `${events} events`)
}

async function parseAndHash(): Promise<void> {
  let begun = ''
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes, encoding: 'utf8' })) {
    const lines = (begun + chunk).split('\n')
    begun = lines.pop()!
    for (const line of lines) {
      JSON.parse(line)
      hash('sha256', line, 'base64')
    }
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}

function perSecond(seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString('en')} events/s`.padStart(20)
}

/** Twice over the events: the tiles come first, because the checkpoint does. */
async function writeExport(): Promise<number> {
  const tiles = new Map<string, Buffer>()
  const readTile: ReadTile = async (level, n) => tiles.get(`${level}/${n}`)
  for (let size = 0; size < count; size += 4096) {
    const partial = partialTiles(size).map(({ level, n }) => tiles.get(`${level}/${n}`) ?? Buffer.alloc(0))
    const leaves = Array.from({ length: Math.min(4096, count - size) }, (_, i) => {
      return leafOf(eventOf(size + i), saltsFrom(saltOf(size + i)))
    })
    for (const { level, n, hashes } of appendToTiles(size, partial, leaves))
      tiles.set(`${level}/${n}`, Buffer.concat([tiles.get(`${level}/${n}`) ?? Buffer.alloc(0), hashes]))
  }
  const root = await rootAt(count, readTile)
  const checkpoint = signCheckpoint({ origin: originOf(key, workspace.id), size: count, root }, key)
  const exportedAt = '2026-11-23T09:00:00.000Z'
  const sha256 = createHash('sha256')
  const file = await open(path, 'w')
  let text = ''
  let bytes = 0
  for await (const line of exportLines(
    { workspace, exportedAt, filters: null, events: events(), readTile, checkpoint },
    key,
  )) {
    text += line
    if (text.length < 1024 * 1024) continue
    await flush()
  }
  await flush()
  await file.write(exportTrailer(sha256.digest('base64'), checkpoint, key))
  await file.close()
  return bytes

  async function flush(): Promise<void> {
    const block = Buffer.from(text)
    sha256.update(block)
    await file.write(block)
    bytes += block.length
    text = ''
  }
}

async function* events(): AsyncGenerator<ExportedEvent> {
  for (let index = 0; index < count; index++) {
    const event = eventOf(index)
    yield { index, event, salts: saltsByField(event, saltsFrom(saltOf(index))) }
  }
}

function saltOf(index: number): Buffer {
  return hash('sha256', String(index), 'buffer').subarray(0, 16)
}

/** Half are changes of a status by somebody in the web client; one in ten makes a task with six fields. */
function eventOf(index: number): AuditEvent {
  const number = index.toString(16).padStart(12, '0')
  const task = `0199a2c4-1111-7000-8000-${number}`
  return {
    id: `0199a2c4-0000-7000-8000-${number}`,
    at: new Date(Date.UTC(2026, 0, 1) + index * 17_003).toISOString(),
    entity: 'task',
    entityId: task,
    taskId: task,
    projectId: '0199a2c4-2222-7000-8000-000000000002',
    action: index % 10 ? 'task.updated' : 'task.created',
    memberId: '0199a2c4-3333-7000-8000-000000000003',
    memberName: 'Mia Müller',
    tokenId: null,
    tokenName: null,
    job: null,
    requestId: `0199a2c4-5555-7000-8000-${number}`,
    address: '192.0.2.7',
    reason: null,
    erased: [],
    changes: changesOf(index),
  }
}

function changesOf(index: number): AuditEvent['changes'] {
  const status = { from: 'doing', to: 'review' }
  const assigneeId = { from: null, to: '0199a2c4-3333-7000-8000-000000000003', fromName: null, toName: 'Mia Müller' }
  if (index % 10 === 0) {
    const [title, position] = [`Angebot ${index} für die nächste Woche`, 'a0'].map(to => ({ from: null, to }))
    const [estimate, priority] = [90, 'high'].map(to => ({ from: null, to }))
    return { assigneeId, estimate: estimate!, position: position!, priority: priority!, status, title: title! }
  }
  return index % 2 ? { status } : { assigneeId, status }
}
