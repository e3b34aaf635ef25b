import { type Checkpoint, isOriginOf, openCheckpoint } from './checkpoint.ts'
import type { Head } from './export-lines.ts'
import { capital, inOrder, type Problem, rangeText } from './export-problems.ts'
import type { Pruned } from './follow-events.ts'
import { followExport } from './follow-export.ts'
import { NoteError, openNote, type VerifierKeys } from './note.ts'
import { tilesOf, tileWidth } from './tiles.ts'
import { wholeLines } from './whole-lines.ts'
import { trailerText } from './write-export.ts'

/** What an export shows, and what is wrong with it: nothing where `problems` is empty; else the first tells most. */
export type Verdict = {
  head?: Head
  events: number
  /** Of how many something was erased. */
  erasedEvents: number
  pruned: Pruned[]
  /** Leaves without an event that retention removed, or that the filters leave out. */
  leftOut: number
  kept: { matched: number; newer: number; last?: Checkpoint }
  problems: Problem[]
}

/**
 * Verifies an export from its bytes alone (docs/audit-format.md), however large. `kept`: checkpoints of the same log that
 * were kept elsewhere, in any order.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  keys: VerifierKeys,
  kept: readonly Checkpoint[] = [],
): Promise<Verdict> {
  const following = followExport(kept)
  for await (const block of wholeLines(chunks)) if (!following.read(block)) break
  const { problems, body, checkpoint, trailer, sha256 } = following.outcome()
  if (!body) return { events: 0, erasedEvents: 0, pruned: [], leftOut: 0, kept: { matched: 0, newer: 0 }, problems }
  const { head, events } = body
  const signed = openSigned(checkpoint, keys, head)
  const file = trailer ? fileProblems(trailer, sha256, keys, head) : []
  const { leftOut, removed } = withoutEvents(body)
  const none = { head, erasedEvents: 0, pruned: [], leftOut: 0, kept: { matched: 0, newer: 0 } }
  // What all else is measured by is not what was signed, so that nothing that followed from it would be true.
  if ('head' in signed) return { ...none, events: events.events, problems: inOrder([signed.head, ...file]) }
  const matched = kept.length > 0 ? await holdAgainst(kept, body) : { problems: [], matched: 0, newer: 0 }
  const all = [
    ...problems,
    ...events.problems,
    ...removed,
    ...strayProblems(body),
    ...missingTiles(body),
    ...('root' in signed ? await treeProblems(signed.root, body) : [...signed.problems, ...suspected(body)]),
    ...matched.problems,
    ...file,
  ]
  const { erasedEvents, pruned } = events
  return { head, events: events.events, erasedEvents, pruned, leftOut, kept: matched, problems: inOrder(all) }
}

type Body = NonNullable<ReturnType<ReturnType<typeof followExport>['outcome']>['body']>

type Signed = { root: Buffer } | { problems: Problem[] } | { head: Problem }

/** The root that one of the keys signed, or what is wrong with the checkpoint. */
function openSigned(note: string | undefined, keys: VerifierKeys, head: Head): Signed {
  if (note === undefined)
    return { problems: [{ kind: 'signature', sentence: 'The checkpoint is not there, or damaged.' }] }
  try {
    const { origin, size, root } = openCheckpoint(note, keys)
    const isSame = origin === head.origin && isOriginOf(origin, keys, head.workspace.id) && size === head.size
    if (isSame) return { root }
    const sentence = `The checkpoint is of ${size} leaves of ${origin}; the first line says ${head.size} of ${head.origin}.`
    return { head: { kind: 'head', sentence } }
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    return { problems: [{ kind: 'signature', sentence: `The checkpoint does not hold. ${error.message}` }] }
  }
}

/** Where an event is not its leaf, the signed tree tells which of them was changed. */
async function treeProblems(root: Buffer, { events, tiles }: Body): Promise<Problem[]> {
  const problems = await tiles.check(root)
  for (const { n, hashes, fromEvents, problems: wrong } of events.suspects) {
    const isEventRight = !(await tiles.isSigned(n, hashes, root)) && (await tiles.isSigned(n, fromEvents, root))
    if (!isEventRight) problems.push(...wrong)
  }
  return problems
}

function suspected({ events }: Body): Problem[] {
  return events.suspects.flatMap(({ problems }) => problems)
}

/** An event in the wrong place is to blame; where the tile is what is missing, its events are not. */
function strayProblems({ events, tiles }: Body): Problem[] {
  return events.strays.filter(({ n }) => tiles.has(0, n)).map(({ problem }) => problem)
}

function missingTiles({ head, tiles }: Body): Problem[] {
  const wanted = [...tilesOf(head.size, 0)].slice(head.filters === null ? 0 : -1)
  return wanted
    .filter(({ n }) => !tiles.has(0, n))
    .map(({ n, width }) => {
      const range = [n * tileWidth, n * tileWidth + width - 1] as const
      return {
        kind: 'tile',
        sentence: `The tile ${n} of level 0, with the hashes of ${rangeText(range)}, is not there.`,
        range,
      }
    })
}

/** Without filters, every leaf without an event is one that retention says to have removed. */
function withoutEvents({ head, events }: Body): { leftOut: number; removed: Problem[] } {
  const leaves = events.missing.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  if (head.filters !== null) return { leftOut: head.size - events.events, removed: [] }
  const unexplained = subtract(events.missing, events.pruned)
  const removed = unexplained.map((range): Problem => {
    const verb = range[0] === range[1] ? 'was' : 'were'
    const sentence = `${capital(rangeText(range))} ${verb} removed: the tree has the leaf, the export nothing, and no retention says so.`
    return { kind: 'removed', sentence, range }
  })
  return { leftOut: leaves, removed }
}

function subtract(missing: readonly (readonly [number, number])[], pruned: readonly Pruned[]): [number, number][] {
  const sorted = pruned.toSorted((a, b) => a.first - b.first)
  return missing.flatMap(([first, last]) => {
    const left: [number, number][] = []
    let from = first
    for (const range of sorted) {
      if (range.last < from || range.first > last) continue
      if (range.first > from) left.push([from, range.first - 1])
      from = Math.max(from, range.last + 1)
    }
    return from <= last ? [...left, [from, last]] : left
  })
}

async function holdAgainst(kept: readonly Checkpoint[], { head, ours, tiles }: Body) {
  const problems: Problem[] = []
  let last: Checkpoint | undefined
  let matched = 0
  for (const checkpoint of ours) {
    const { origin, size, root } = checkpoint
    const found = origin === head.origin ? await tiles.rootOfKept(checkpoint) : undefined
    if (origin !== head.origin)
      problems.push({ kind: 'unchecked', sentence: `The checkpoint of ${size} leaves is of another log, ${origin}.` })
    else if (!found)
      problems.push({
        kind: 'unchecked',
        sentence: `This export cannot be held against the checkpoint of ${size} leaves.`,
      })
    else if (!found.equals(root)) {
      const sentence = `The first ${size} events are not those of the checkpoint that was kept: history was rewritten.`
      problems.push({ kind: 'kept', sentence, range: [0, size - 1] })
    } else {
      matched++
      if (!last || last.size < size) last = checkpoint
    }
  }
  const newer = kept.length - ours.length
  if (matched === 0 && problems.length === 0) {
    const sentence = 'All checkpoints that were kept are newer than this export, so that they say nothing of it.'
    problems.push({ kind: 'unchecked', sentence })
  }
  return { problems, matched, newer, ...(last && { last }) }
}

function fileProblems(
  trailer: { sha256: string; note: string },
  sha256: string,
  keys: VerifierKeys,
  head: Head,
): Problem[] {
  const problems: Problem[] = []
  if (trailer.sha256 !== sha256)
    problems.push({ kind: 'file', sentence: 'The file is not the one that was signed: some of its bytes are others.' })
  try {
    if (openNote(trailer.note, keys) === trailerText(head.origin, head.size, trailer.sha256)) return problems
    return [...problems, { kind: 'file', sentence: 'The note in the last line was signed for another export.' }]
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    return [...problems, { kind: 'file', sentence: `The last line does not hold. ${error.message}` }]
  }
}
