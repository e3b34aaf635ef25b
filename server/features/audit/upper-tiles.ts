import { type Problem, rangeText } from '#server/audit-log/export-problems.ts'
import { rootOf } from '#server/audit-log/merkle.ts'
import { hashesAt, type ReadTile, tileWidth } from '#server/audit-log/tiles.ts'

/** Holds the tiles of level 1 and up against the roots of those below, as they come from left to right. */
export function followUpperTiles(size: number, readTile: ReadTile) {
  /** The tile of each level that is being filled: as computed, and as stored. */
  const open: { computed: Uint8Array[]; stored: Uint8Array }[] = []
  return { add, hashOf: async (n: number) => hashIn((await tileAt(1, n)).stored, n % tileWidth) }

  /** @param root of the complete tile number n of level `level - 1`. */
  async function add(root: Buffer, n: number, level = 1): Promise<Problem | undefined> {
    const tile = await tileAt(level, n)
    const at = n % tileWidth
    if (hashIn(tile.stored, at)?.equals(root) !== true) return tileProblem(level, n, size)
    tile.computed.push(root)
    if (tile.computed.length < tileWidth) return undefined
    delete open[level]
    return add(rootOf(Buffer.concat(tile.computed)), Math.floor(n / tileWidth), level + 1)
  }

  async function tileAt(level: number, n: number) {
    const there = open[level]
    if (there) return there
    const stored = (await readTile(level, Math.floor(n / tileWidth))) ?? new Uint8Array()
    const tile = { computed: [], stored: stored.subarray(0, (hashesAt(size, level) - n + (n % tileWidth)) * 32) }
    open[level] = tile
    return tile
  }
}

function hashIn(hashes: Uint8Array, at: number): Buffer | undefined {
  return hashes.length >= (at + 1) * 32 ? Buffer.from(hashes.subarray(at * 32, (at + 1) * 32)) : undefined
}

function tileProblem(level: number, n: number, size: number): Problem {
  const width = tileWidth ** level
  const range = [n * width, Math.min(size, (n + 1) * width) - 1] as const
  const sentence = `The hashes of ${rangeText(range)} are not part of the tree: they were changed, or those above them.`
  return { kind: 'tile', sentence, range }
}
