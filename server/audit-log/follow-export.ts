import { createHash } from 'node:crypto'
import type { Checkpoint } from './checkpoint.ts'
import { type Head, readCheckpointLine, readHead, readTileLine, readTrailer } from './export-lines.ts'
import type { Problem } from './export-problems.ts'
import { followEvents } from './follow-events.ts'
import { followTiles } from './follow-tiles.ts'
import { tileWidth } from './tiles.ts'

/** Reads the lines of an export in their order, and keeps what has to be known at the end. */
export function followExport(kept: readonly Checkpoint[]) {
  const hash = createHash('sha256')
  const problems: Problem[] = []
  let lines = 0
  let body: ReturnType<typeof startBody> | undefined
  let checkpoint: string | undefined
  let trailer: ReturnType<typeof readTrailer>
  let hasEnded = false
  return { read, outcome }

  /** Whole lines, however many. @returns false where going on makes no sense. */
  function read(block: Buffer): boolean {
    for (let begin = 0; begin < block.length; ) {
      const end = block.indexOf(lineBreak, begin)
      lines++
      if (hasEnded) return stop('There is something after the last line.')
      if (end < 0) return stop('The export breaks off in the middle of a line.')
      if (block[begin + 2] === first.sha256) {
        hash.update(block.subarray(0, begin))
        readEnd(block.subarray(begin, end))
      } else if (lines === 1) {
        const head = readHead(block.subarray(begin, end))
        if (!head) return stop('The first line is not that of an audit export: give the file as Kontor wrote it.')
        body = startBody(head, kept, problems)
      } else {
        readLine(block, begin, end)
      }
      begin = end + 1
    }
    if (!hasEnded) hash.update(block)
    return true
  }

  function readLine(block: Buffer, begin: number, end: number): void {
    const letter = block[begin + 2]
    if (letter === first.index && !checkpoint) body?.readEvent(block, begin, end, lines)
    else if (letter === first.tile && !checkpoint) body?.readTile(block.subarray(begin, end), lines)
    else if (letter === first.checkpoint && !checkpoint) checkpoint = readCheckpointLine(block.subarray(begin, end))
    else problems.push({ kind: 'form', sentence: `Line ${lines} belongs to no export.`, line: lines })
  }

  function readEnd(line: Buffer): void {
    hasEnded = true
    trailer = readTrailer(line)
    if (!trailer) problems.push({ kind: 'file', sentence: 'The last line is damaged.', line: lines })
  }

  function stop(sentence: string): false {
    problems.push({ kind: 'form', sentence, line: lines })
    return false
  }

  function outcome() {
    if (!hasEnded) problems.push({ kind: 'form', sentence: 'The export breaks off: its last line is not there.' })
    body?.close()
    return { problems, body, checkpoint, trailer, sha256: hash.digest('base64') }
  }
}

const lineBreak = 0x0a
/** By the third byte of a line one knows what it is. */
const first = { index: 0x69, tile: 0x74, checkpoint: 0x63, sha256: 0x73 }

function startBody(head: Head, kept: readonly Checkpoint[], problems: Problem[]) {
  const { size } = head
  const ours = kept.filter(checkpoint => checkpoint.size <= size)
  const events = followEvents(size)
  const tiles = followTiles(size, ours)
  let last = { level: 0, n: -1 }
  return { head, ours, events: events.found, tiles, readEvent, readTile, close: events.closeTile }

  function readEvent(block: Buffer, begin: number, end: number, line: number): void {
    if (last.level === 0) events.readEvent(block, begin, end, line)
    else problems.push({ kind: 'form', sentence: `Line ${line} is an event where there are none any more.`, line })
  }

  function readTile(bytes: Buffer, line: number): void {
    const tile = readTileLine(bytes)
    if (!tile) return void problems.push({ kind: 'tile', sentence: `Line ${line} is a damaged tile.`, line })
    const { level, n, hashes } = tile
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - n * tileWidth)
    if (width <= 0 || level < last.level || (level === last.level && n <= last.n))
      return void problems.push({ kind: 'tile', sentence: `Line ${line} is a tile that does not belong there.`, line })
    last = tile
    const problem = tiles.add({ level, n, width }, hashes)
    if (problem) problems.push({ ...problem, line })
    if (level === 0) events.openTile(n, hashes)
    else events.closeTile()
  }
}
