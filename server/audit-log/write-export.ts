import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { canonicalJson, canonicalString } from './canonical-json.ts'
import { openCheckpoint } from './checkpoint.ts'
import type { Erased } from './leaf.ts'
import { type SigningKey, signNote } from './note.ts'
import { levelsOf, type ReadTile, type Tile, tileStart, tilesOf, tileWidth } from './tiles.ts'

/** An event with what proves it. `salts` has those of the fields that are not erased, base64 (`saltsByField`). */
export type ExportedEvent = {
  index: number
  event: AuditEvent
  salts: Readonly<Record<string, string>>
  erased?: Erased
}
export type ExportHead = {
  workspace: { id: string; slug: string; name: string }
  exportedAt: string
  /** Null: every event that retention has left. */
  filters: Readonly<Record<string, unknown>> | null
}
export type ExportSource = ExportHead & {
  /** In the order of their index, all below the checkpoint's size. */
  events: AsyncIterable<ExportedEvent>
  readTile: ReadTile
  /** The note over the size that the export proves. */
  checkpoint: string
}

/**
 * The lines of an export up to the last, each with its line break; the caller hashes the bytes as they go and ends with
 * `exportTrailer`. Holds one event and one tile at a time.
 */
export async function* exportLines(source: ExportSource, key: SigningKey): AsyncGenerator<string> {
  const { origin, size } = openCheckpoint(source.checkpoint, key)
  yield headLine(source, origin, size)
  yield* eventsWithTiles(source, size)
  for (const level of levelsOf(size).slice(1)) {
    for (const tile of tilesOf(size, level)) yield await tileLine(tile, source.readTile)
  }
  yield `${JSON.stringify({ checkpoint: source.checkpoint })}\n`
}

/** The last line. `sha256` (base64) is of all bytes before it. */
export function exportTrailer(sha256: string, checkpoint: string, key: SigningKey): string {
  const { origin, size } = openCheckpoint(checkpoint, key)
  return `${JSON.stringify({ sha256, note: signNote(trailerText(origin, size, sha256), key) })}\n`
}

/** What is signed under an export. */
export function trailerText(origin: string, size: number, sha256: string): string {
  return `kontor-audit-export\n${origin}\n${size}\n${sha256}\n`
}

/** An event's line without its line break. Its members stand in one order only, so that one event has one line. */
export function eventLine({ index, event, salts, erased = {} }: ExportedEvent): string {
  const left = Object.keys(erased).length > 0 ? `,"erased":${canonicalJson(erased)}` : ''
  return `{"index":${index},"event":${eventJson(event, erased)},"salts":${canonicalJson(salts)}${left}}`
}

/** Canonical, and written by hand because all events have the same members. */
function eventJson(event: AuditEvent, erased: Erased): string {
  return (
    `{"action":${text(event.action)},"address":${text(event.address)},"at":${text(event.at)},` +
    `"changes":${canonicalJson(event.changes)},"entity":${text(event.entity)},"entityId":${text(event.entityId)},` +
    `"erased":${canonicalJson(Object.keys(erased).sort())},"id":${text(event.id)},"job":${text(event.job)},` +
    `"memberId":${text(event.memberId)},"memberName":${text(event.memberName)},"projectId":${text(event.projectId)},` +
    `"reason":${text(event.reason)},"requestId":${text(event.requestId)},"taskId":${text(event.taskId)},` +
    `"tokenId":${text(event.tokenId)},"tokenName":${text(event.tokenName)}}`
  )
}

function text(value: string | null): string {
  return value === null ? 'null' : canonicalString(value)
}

function headLine({ workspace, exportedAt, filters }: ExportHead, origin: string, size: number): string {
  const { id, slug, name } = workspace
  const head = { kontor: 'audit-export', version: 1, workspace: { id, slug, name }, origin, exportedAt, filters, size }
  return `${JSON.stringify(head)}\n`
}

async function* eventsWithTiles({ events, readTile, filters }: ExportSource, size: number): AsyncGenerator<string> {
  const tiles = tilesOf(size, 0)
  const lastTile = Math.ceil(size / tileWidth) - 1
  let open = -1
  let before = -1
  for await (const exported of events) {
    if (exported.index <= before || exported.index >= size)
      throw new RangeError(`event ${exported.index} after ${before} in an export of ${size}`)
    before = exported.index
    yield* openTiles(Math.floor(exported.index / tileWidth))
    yield `${eventLine(exported)}\n`
  }
  yield* openTiles(lastTile)

  /** Up to tile n: all that lie between where every event is exported, else only this one. */
  async function* openTiles(n: number): AsyncGenerator<string> {
    while (open < n) {
      const { value: tile } = tiles.next()
      open = tile!.n
      if (filters === null || open === n) yield await tileLine(tile!, readTile)
    }
  }
}

async function tileLine({ level, n, width }: Tile, readTile: ReadTile): Promise<string> {
  const hashes = Buffer.from(tileStart(await readTile(level, n), width, level)).toString('base64')
  return `{"tile":[${level},${n}],"hashes":"${hashes}"}\n`
}
