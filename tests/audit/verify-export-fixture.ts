import { createHash, hash } from 'node:crypto'
import { originOf, signCheckpoint } from '#server/audit-log/checkpoint.ts'
import { commitment, fieldSalt, leafOf, saltsByField, saltsFrom, saltsOf } from '#server/audit-log/leaf.ts'
import { makeSigningKey, type SigningKey } from '#server/audit-log/note.ts'
import { appendToTiles, type ReadTile, rootAt } from '#server/audit-log/tiles.ts'
import { type ExportedEvent, exportLines, exportTrailer } from '#server/audit-log/write-export.ts'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'

export const key = makeSigningKey('kontor.example.eu/audit')
export const workspace = { id: '0199a2c4-aaaa-7000-8000-000000000001', slug: 'acme', name: 'Ácme „Söhne“ 👩🏽‍🚀' }

/** What a workspace has: 600 events are three tiles, with pruned ranges, erased fields and odd names in them. */
export function makeHistory(size = 600) {
  const events = Array.from({ length: size }, (_, index) => makeEvent(index, size))
  const leaves = events.map(({ event, salts, erased }) => leafOf(event, saltsOf(salts), erased))
  return { events: events.filter(({ index }) => !isPruned(index, size)), leaves }
}

export type History = ReturnType<typeof makeHistory>

/** An export as the server writes it, line by line. */
export async function exportOf(
  { events, leaves }: History,
  { signer = key, filters = null as Record<string, unknown> | null } = {},
): Promise<string[]> {
  const readTile = tilesOver(leaves)
  const checkpoint = await checkpointOf(leaves, leaves.length, signer)
  const source = {
    workspace,
    exportedAt: '2026-11-23T09:00:00.000Z',
    filters,
    events: each(events),
    readTile,
    checkpoint,
  }
  const lines = await Array.fromAsync(exportLines(source, signer))
  return [...lines, exportTrailer(sha256Of(lines), checkpoint, signer)]
}

/** The same with a last line that fits, as whoever has the key could make it. */
export function signedAnew(lines: readonly string[], checkpoint: string, signer: SigningKey = key): string[] {
  return [...lines, exportTrailer(sha256Of(lines), checkpoint, signer)]
}

export async function checkpointOf(leaves: readonly Buffer[], size: number, signer = key): Promise<string> {
  const root = await rootAt(size, tilesOver(leaves))
  return signCheckpoint({ origin: originOf(signer, workspace.id), size, root }, signer)
}

export function tilesOver(leaves: readonly Buffer[]): ReadTile {
  const tiles = new Map(appendToTiles(0, [], leaves).map(({ level, n, hashes }) => [`${level}/${n}`, hashes]))
  return async (level, n) => tiles.get(`${level}/${n}`)
}

export function sha256Of(lines: readonly string[]): string {
  return lines.reduce((hash, line) => hash.update(line), createHash('sha256')).digest('base64')
}

async function* each(events: readonly ExportedEvent[]): AsyncGenerator<ExportedEvent> {
  yield* events
}

const prunedRanges = [
  [0, 19],
  [250, 260],
] as const

/** The tenth event from the end says the first range, the fifth the second, where there is one. */
function isPruned(index: number, size: number): boolean {
  return size >= 50 && prunedRanges.some(([first, last]) => last < size - 10 && index >= first && index <= last)
}

const names = [
  'Zoë',
  '\u202etxet',
  'a\u0001b\t',
  '"quoted\\',
  '漢字',
  '👩🏽‍🚀',
  'e\u0301 vs \u00e9',
  '</script>',
  '=1+1',
  '\u2028',
  '{"x":"}"}',
]

function makeEvent(index: number, size: number): ExportedEvent {
  const s = hash('sha256', `salt ${index}`, 'buffer').subarray(0, 16)
  const place = index === size - 10 ? 0 : index === size - 5 ? 1 : -1
  const full = place >= 0 && size >= 50 ? pruneEvent(index, place) : { ...bare(index), changes: changesOf(index) }
  if (index % 37 !== 0 || full.action === 'audit.pruned')
    return { index, event: full, salts: saltsByField(full, saltsFrom(s)) }
  return erase(index, full, s)
}

/** As the server erases: the values go, the commitments stay. */
function erase(index: number, full: AuditEvent, s: Buffer): ExportedEvent {
  const { memberName, address: _, ...salts } = saltsByField(full, saltsFrom(s))
  const [name] = Object.keys(full.changes)
  const field = `changes.${name}`
  delete salts[field]
  const left = (field: string, value: unknown) => commitment(fieldSalt(s, field), value)
  const erased = { memberName: left('memberName', full.memberName), address: left('address', full.address) }
  const change = { from: null, to: null, erased: left(field, full.changes[name!]) }
  const event = { ...full, memberName: null, address: null, erased: ['address', 'memberName'] }
  void memberName
  return { index, event: { ...event, changes: { ...full.changes, [name!]: change } }, salts, erased }
}

function bare(index: number): AuditEvent {
  const number = index.toString(16).padStart(12, '0')
  const action = ['task.updated', 'task.created', 'comment.deleted'][index % 3]!
  return {
    id: `0199a2c4-0000-7000-8000-${number}`,
    at: new Date(Date.UTC(2026, 10, 1, 8) + index * 61_007).toISOString(),
    entity: action.split('.')[0]!,
    entityId: `0199a2c4-1111-7000-8000-${number}`,
    taskId: index % 3 ? `0199a2c4-1111-7000-8000-${number}` : null,
    projectId: index % 2 ? '0199a2c4-2222-7000-8000-000000000002' : null,
    action,
    memberId: '0199a2c4-3333-7000-8000-000000000003',
    memberName: names[index % names.length]!,
    tokenId: index % 5 ? null : '0199a2c4-4444-7000-8000-000000000004',
    tokenName: index % 5 ? null : 'Überstunden-Skript',
    job: index % 11 ? null : 'import',
    requestId: `req-${index}`,
    address: '2001:db8::7',
    reason: index % 7 ? null : 'Asked for by\nthe customer',
    erased: [],
    changes: {},
  }
}

function pruneEvent(index: number, place: number): AuditEvent {
  const [first, last] = prunedRanges[place]!
  const ranges = { from: null, to: last < index ? [[first, last]] : [] }
  return {
    ...bare(index),
    action: 'audit.pruned',
    entity: 'audit',
    changes: { ranges, plan: { from: null, to: 'pro' } },
  }
}

function changesOf(index: number): AuditEvent['changes'] {
  const title = { from: names[(index + 1) % names.length], to: `Task ${index} ${names[index % names.length]}` }
  const assigneeId = { from: null, to: '0199a2c4-3333-7000-8000-000000000003', fromName: null, toName: 'Mia' }
  const estimate = { from: 1.5e-7, to: { z: [1, 2.5, null, true], a: '€' } }
  return index % 3 ? { title } : { title, assigneeId, estimate }
}
