import { nameOf, type Problem, rangeText } from '#server/audit-log/export-problems.ts'
import { rootOf, startTree } from '#server/audit-log/merkle.ts'
import type { VerifierKeys } from '#server/audit-log/note.ts'
import { type ReadTile, rootAt, type Tile, tilesOf, tileWidth } from '#server/audit-log/tiles.ts'
import { CheckpointFileError } from '#server/features/audit/checkpoint-file.ts'
import { type ExaminedTile, examineTile } from '#server/features/audit/examine-tile.ts'
import { openPruned } from '#server/features/audit/pruned-ranges.ts'
import { followCheckpoints, inPlace } from '#server/features/audit/signed-checkpoints.ts'
import {
  findNewestCheckpoint,
  findSealed,
  type ReadWorkspace,
  type Sealed,
  tileReader,
} from '#server/features/audit/tree-queries.ts'
import { followUpperTiles } from '#server/features/audit/upper-tiles.ts'

type Walk = {
  read: ReadWorkspace
  sealed: Sealed
  path: string
  keys: VerifierKeys
  workspaceId: string
  onProgress: (done: number, size: number) => void
}
type Walked = {
  events: number
  pruned: number
  checkpoints: { inDatabase: number; inFile: number; newest: { size: number; note: string } | null }
  problems: Problem[]
}

/** Walks from the first leaf to the last, with all that has to agree with it, until something does not. */
export async function walkTree(walk: Walk): Promise<Walked> {
  const counts = { events: 0, pruned: 0 }
  const none = { inDatabase: 0, inFile: 0, newest: null }
  try {
    const signed = await followCheckpoints(walk)
    try {
      const problems = await walkTiles(walk, counts, signed)
      const { inDatabase, inFile, last } = signed.found
      const newest = last ? { size: last.size, note: last.note } : null
      return { ...counts, checkpoints: { inDatabase, inFile, newest }, problems }
    } finally {
      await signed.close()
    }
  } catch (error) {
    if (!(error instanceof CheckpointFileError)) throw error
    return { ...counts, checkpoints: none, problems: [{ kind: 'kept', sentence: error.message }] }
  }
}

type Signed = Awaited<ReturnType<typeof followCheckpoints>>
type Counts = Pick<Walked, 'events' | 'pruned'>

async function walkTiles({ read, sealed, onProgress }: Walk, counts: Counts, signed: Signed): Promise<Problem[]> {
  const { size } = sealed
  const readTile: ReadTile = (level, n) => read(db => tileReader(() => db.selectFrom('audit_tile'))(level, n))
  const upper = followUpperTiles(size, readTile)
  const pruned = await openPruned(read)
  const grow = growTree(signed)
  for (const tile of tilesOf(size, 0)) {
    const examined = await examineTile(read, tile)
    if (!examined) return [tooShort(tile)]
    const problems = await wrongIn(examined, tile)
    if (problems.length > 0) return problems
    // Only complete tiles hang in the tree by a hash above them.
    const isWhole = tile.width === tileWidth
    const wrong =
      (isWhole ? await upper.add(rootOf(examined.hashes), tile.n) : undefined) ?? (await grow(examined.hashes))
    if (wrong) return [wrong]
    counts.events += examined.events
    onProgress(tile.n * tileWidth + tile.width, size)
  }
  const left = (size === 0 ? await grow(Buffer.alloc(0)) : undefined) ?? (await beyond(read, signed))
  return left ? [left] : []

  async function wrongIn(examined: ExaminedTile, tile: Tile): Promise<Problem[]> {
    const problems: Problem[] = []
    for (const { index, id } of examined.missing) {
      if (await pruned.explains(index)) counts.pruned++
      else problems.push(removed(index, id))
    }
    if (examined.wrong && (await isTileWrong(examined, tile))) return [...problems, hashesChanged(tile)]
    return examined.wrong ? [...problems, examined.wrong] : problems
  }

  /** Where an event is not its leaf, the tree above tells which of the two was changed, or else the newest checkpoint. */
  async function isTileWrong({ hashes, fromEvents }: ExaminedTile, { n, width }: Tile): Promise<boolean> {
    if (width === tileWidth) {
      const above = await upper.hashOf(n)
      return above?.equals(rootOf(fromEvents)) === true && !above.equals(rootOf(hashes))
    }
    const newest = await read(db => findNewestCheckpoint(() => db.selectFrom('audit_checkpoint')))
    if (!newest || newest.size <= n * tileWidth || newest.size > size) return false
    const rootWith = async (own: Buffer) => {
      const root = await rootAt(newest.size, (level, m) =>
        level === 0 && m === n ? Promise.resolve(own) : readTile(level, m),
      )
      return root.toString('base64')
    }
    const said = newest.note.split('\n')[2]
    return (await rootWith(hashes)) !== said && (await rootWith(fromEvents)) === said
  }
}

/** Grows the tree by the hashes of each tile, and holds it against what was signed at each size that was. */
function growTree(signed: Signed) {
  const tree = startTree()
  return async (hashes: Buffer): Promise<Problem | undefined> => {
    const begin = tree.size()
    const width = hashes.length / 32
    let at = 0
    while (signed.nextSize() <= begin + width) {
      for (; begin + at < signed.nextSize(); at++) tree.append(hashes.subarray(at * 32, at * 32 + 32))
      const wrong = await signed.hold(tree.root())
      if (wrong) return wrong
    }
    if (at === 0 && width === tileWidth) tree.appendSubtree(rootOf(hashes), 8)
    else for (; at < width; at++) tree.append(hashes.subarray(at * 32, at * 32 + 32))
    return undefined
  }
}

/** What was signed for, but is not there. One that was signed while we looked is of a tree that has grown since. */
async function beyond(read: ReadWorkspace, signed: Signed): Promise<Problem | undefined> {
  const next = await signed.takeNext()
  if (!next) return undefined
  const now = await read(findSealed)
  if (next.size <= now.size) return undefined
  const range = [now.size, next.size - 1] as const
  const sentence =
    `${capital(rangeText(range))} are gone, with their leaves: ${next.size} events were signed for ${inPlace(next.place)}. ` +
    'They were removed, or an older backup of the database was put back.'
  return { kind: next.place === 'file' ? 'kept' : 'root', sentence, range }
}

function removed(index: number, id: string | undefined): Problem {
  const event = { index, ...(id ? { id } : {}) }
  const sentence = `${capital(nameOf(event))} was removed: its leaf is in the tree, and retention has not removed it.`
  return { kind: 'removed', sentence, event }
}

function tooShort(tile: Tile): Problem {
  const range = rangeOf(tile)
  return { kind: 'tile', sentence: `The tree has not all hashes of ${rangeText(range)}: some were removed.`, range }
}

function hashesChanged(tile: Tile): Problem {
  const range = rangeOf(tile)
  const sentence = `The hashes of ${rangeText(range)} were changed: the events are those that were signed, the hashes are not.`
  return { kind: 'tile', sentence, range }
}

function rangeOf({ n, width }: Tile) {
  return [n * tileWidth, n * tileWidth + width - 1] as const
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
