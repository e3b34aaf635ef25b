import { capital, nameOf, type Problem, type ProblemKind } from './export-problems.ts'
import { createLineReader } from './line-reader.ts'
import { nameEventOf, readEventLine } from './read-event-line.ts'
import { tileWidth } from './tiles.ts'
import type { ExportedEvent } from './write-export.ts'

export type Pruned = { first: number; last: number; by: string }
/** A tile in which an event is not its leaf: either may be what was changed, and the tree tells which. */
export type Suspect = { n: number; hashes: Buffer; fromEvents: Buffer; problems: Problem[] }

/** What it remembers of a line ends with the line, so that one is enough for all who verify. */
const readLine = createLineReader()

/** Holds each event of an export against its leaf in the tile that stands before it. */
export function followEvents(size: number) {
  let tile = emptyTile(-1, Buffer.alloc(0))
  let last = -1
  let beforeLast = -1
  /** Where the last one stands. */
  let lastBlock: Buffer = Buffer.alloc(0)
  let lastBegin = 0
  let lastEnd = 0
  let lastLine = 0
  const found = {
    events: 0,
    erasedEvents: 0,
    /** Leaves without an event, in the tiles that are there. */
    missing: [] as [first: number, last: number][],
    pruned: [] as Pruned[],
    suspects: [] as Suspect[],
    /** Events that do not belong to the tile before them, each with the tile that it belongs to. */
    strays: [] as { n: number; problem: Problem }[],
    problems: [] as Problem[],
  }
  return { found, openTile, readEvent, closeTile }

  function openTile(n: number, hashes: Buffer): void {
    closeTile()
    tile = emptyTile(n, hashes)
  }

  /** `end` is where the line break stands. */
  function readEvent(block: Buffer, begin: number, end: number, line: number): void {
    found.events++
    const usual = readLine(block, begin, end)
    const at = usual ? usual.index - tile.begin : -1
    if (usual && at >= 0 && usual.index > last && !usual.isPrune && tile.leaves.startsWith(usual.leaf, at * 32)) {
      tile.computed[at] = usual.leaf
      goOn(usual.index)
    } else {
      readClosely(block.subarray(begin, end), line)
    }
    lastBlock = block
    lastBegin = begin
    lastEnd = end
    lastLine = line
  }

  function goOn(index: number): void {
    beforeLast = last
    last = index
  }

  function readClosely(bytes: Buffer, line: number): void {
    const read = readEventLine(bytes)
    if (read) readWhole(read.exported, read.leaf, line)
    else readDamaged(bytes, line)
  }

  function readWhole(exported: ExportedEvent, leaf: string, line: number): void {
    const { index } = exported
    const at = index - tile.begin
    const wrong = judge(index, at, leaf)
    if (!wrong || wrong.kind === 'changed') {
      tile.computed[at] ??= leaf
      if (index > last) goOn(index)
    }
    if (!wrong) {
      note(exported)
      return
    }
    const { id, action, at: time } = exported.event
    const event = { index, id, action, at: time }
    const problem = { kind: wrong.kind, sentence: `${capital(nameOf(event))} ${wrong.what}`, line, event }
    if (wrong.isStray) found.strays.push({ n: Math.floor(index / tileWidth), problem })
    else (wrong.kind === 'changed' ? tile.problems : found.problems).push(problem)
  }

  /** What is wrong with an event whose line is in order. */
  function judge(index: number, at: number, leaf: string): Wrong | undefined {
    if (index >= size) return { kind: 'added', what: `was added: the tree has ${size} leaves, numbered from 0.` }
    if (at < 0 || at >= tileWidth)
      return { kind: 'moved', what: `was moved: it stands among the events from ${tile.begin} on.`, isStray: true }
    if (tile.leaves.startsWith(leaf, at * 32)) {
      if (tile.computed[at] === leaf) return { kind: 'added', what: 'was added: it is there twice.' }
      tile.computed[at] = leaf
      if (index > last || blameLast(index)) return undefined
      return { kind: 'moved', what: `was moved: it stands after event ${last}.` }
    }
    const place = findLeaf(leaf)
    if (place >= 0) {
      tile.excused.add(place)
      return { kind: 'moved', what: `was moved: it is event ${tile.begin + place}, says the tree.` }
    }
    if (tile.computed[at] !== undefined) return { kind: 'added', what: 'was added: there is another of that number.' }
    return { kind: 'changed', what: 'was changed: it is not its leaf in the tree.' }
  }

  /** Of two in the wrong order, the first is to blame where without it all would be in order. */
  function blameLast(index: number): boolean {
    if (index <= beforeLast || lastEnd === 0) return false
    const event = nameEventOf(lastBlock.subarray(lastBegin, lastEnd))
    const sentence = `${capital(nameOf(event))} was moved: it stands before event ${index}.`
    found.problems.push({ kind: 'moved', sentence, line: lastLine, event })
    last = index
    return true
  }

  function readDamaged(bytes: Buffer, line: number): void {
    const event = { index: last + 1, ...nameEventOf(bytes) }
    tile.excused.add(event.index - tile.begin)
    const sentence = `${capital(nameOf(event))} was changed: no export writes its line like that.`
    tile.problems.push({ kind: 'changed', sentence, line, event })
  }

  function findLeaf(leaf: string): number {
    for (let at = 0; at < tile.leaves.length / 32; at++) if (tile.leaves.startsWith(leaf, at * 32)) return at
    return -1
  }

  /** What retention says that it removed, always before itself. */
  function note({ index, event, erased }: ExportedEvent): void {
    if (erased || Object.values(event.changes).some(change => change.erased !== undefined)) found.erasedEvents++
    if (event.action !== 'audit.pruned') return
    const ranges: unknown = event.changes.ranges?.to
    for (const range of Array.isArray(ranges) ? ranges : []) {
      const [first, last] = Array.isArray(range) ? range : []
      if (Number.isSafeInteger(first) && Number.isSafeInteger(last) && first <= last && last < index)
        found.pruned.push({ first, last, by: event.id })
    }
  }

  function closeTile(): void {
    for (let at = 0; at < tile.leaves.length / 32; at++) {
      if (tile.computed[at] === undefined && !tile.excused.has(at)) addMissing(tile.begin + at)
    }
    if (tile.problems.length > 0) {
      const fromEvents = Buffer.from(tile.hashes)
      for (const [at, leaf] of tile.computed.entries()) if (leaf) fromEvents.write(leaf, at * 32, 'latin1')
      found.suspects.push({ n: tile.n, hashes: tile.hashes, fromEvents, problems: tile.problems })
    }
    tile = emptyTile(-1, Buffer.alloc(0))
  }

  function addMissing(index: number): void {
    const range = found.missing.at(-1)
    if (range?.[1] === index - 1) range[1] = index
    else found.missing.push([index, index])
  }
}

type Wrong = { kind: ProblemKind; what: string; isStray?: boolean }

function emptyTile(n: number, hashes: Buffer) {
  return {
    n,
    begin: n < 0 ? Number.MAX_SAFE_INTEGER : n * tileWidth,
    hashes,
    /** In latin1: the leaves of events are compared with it. */
    leaves: hashes.toString('latin1'),
    computed: [] as (string | undefined)[],
    /** Leaves whose event is there, but not as it should be: they are not missing besides. */
    excused: new Set<number>(),
    problems: [] as Problem[],
  }
}
