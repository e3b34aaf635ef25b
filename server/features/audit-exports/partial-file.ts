import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ExportFormat } from '#server/features/audit-exports/audit-export.ts'

/** What of a file that broke off can stay. */
export type Kept = {
  bytes: number
  /** Of these bytes. */
  hash: Hash
  /** The first leaf that is not in them. */
  next: number
  /** How many events they hold. */
  events: number
  /** The first line of NDJSON. */
  header: Record<string, unknown> | undefined
}

const headEnd = Buffer.from('\n')
const tileWidth = 256

/**
 * Looks through a file that broke off, and says up to where it is whole: NDJSON up to its last tile, which comes again with
 * its events, CSV up to its last row. Undefined: nothing of it can stay. Throws where it is another file.
 */
export async function readPartial(path: string, format: ExportFormat): Promise<Kept | undefined> {
  const seen = format === 'csv' ? await scanCsv(path) : await scanNdjson(path)
  if (!seen) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { end: seen.bytes - 1 }), hash, { end: false })
  return { ...seen, hash }
}

type Seen = Omit<Kept, 'hash'>

async function scanNdjson(path: string): Promise<Seen | undefined> {
  let header: Record<string, unknown> | undefined
  let events = 0
  let kept: Seen | undefined
  for await (const { start, line } of linesOf(path)) {
    if (header === undefined) {
      header = JSON.parse(line.toString()) as Record<string, unknown>
      continue
    }
    const [, level, n] = /^\{"tile":\[(\d+),(\d+)\]/.exec(line.toString('latin1', 0, 60)) ?? []
    if (level === undefined) events++
    // What follows the last leaf depends on all of them, and is written anew.
    else if (level !== '0') break
    else kept = { bytes: start, next: Number(n) * tileWidth, events, header }
  }
  return kept
}

async function scanCsv(path: string): Promise<Seen | undefined> {
  let kept: Seen | undefined
  let events = -1
  for await (const { start, line } of linesOf(path)) {
    events++
    // Line breaks inside of a cell are spelt out, so each line is a row.
    const [, index] = /^"(\d+)",/.exec(line.toString('latin1', 0, 24)) ?? []
    if (index !== undefined) kept = { bytes: start + line.length, next: Number(index) + 1, events, header: undefined }
  }
  return kept
}

/** The whole lines of a file with their breaks, one at a time in memory. */
async function* linesOf(path: string): AsyncGenerator<{ start: number; line: Buffer }> {
  let rest: Buffer[] = []
  let start = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(headEnd); end >= 0; end = chunk.indexOf(headEnd, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end + 1)])
      rest = []
      yield { start, line }
      start += line.length
      from = end + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
}
