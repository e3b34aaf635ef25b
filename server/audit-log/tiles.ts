import { rootOf, startTree } from './merkle.ts'

/** Hashes in a tile, and how many levels of the tree it stands for: 2^8 = 256. */
export const tileWidth = 256
const tileBytes = tileWidth * 32

/** The hashes of a tile as stored: 32 bytes each, 256 at most; more than were asked for do no harm, fewer do. */
export type ReadTile = (level: number, n: number) => Promise<Uint8Array | undefined>
/** What is new in a tile, from its hash number `from` on. */
export type TileChange = { level: number; n: number; from: number; hashes: Buffer }
export type Tile = { level: number; n: number; width: number }

/** What is new in which tiles when leaves are appended. `partial`: the tiles of `partialTiles(size)`, by level. */
export function appendToTiles(
  size: number,
  partial: readonly Uint8Array[],
  leaves: readonly Uint8Array[],
): TileChange[] {
  const changes: TileChange[] = []
  let appended: readonly Uint8Array[] = leaves
  for (let level = 0; appended.length > 0; level++) {
    const there = hashesAt(size, level)
    const begun = tileStart(partial[level], there % tileWidth, level)
    const all = Buffer.concat([begun, ...appended])
    const first = Math.floor(there / tileWidth)
    const full: Buffer[] = []
    for (let at = 0; at < all.length; at += tileBytes) {
      const from = at === 0 ? there % tileWidth : 0
      const tile = all.subarray(at, at + tileBytes)
      changes.push({ level, n: first + at / tileBytes, from, hashes: tile.subarray(from * 32) })
      if (tile.length === tileBytes) full.push(rootOf(tile))
    }
    appended = full
  }
  return changes
}

/** The last tile of each level from 0 up, with how many hashes it has; `width` 0 where the level ends with a full one. */
export function partialTiles(size: number): Tile[] {
  return levelsOf(size).map(level => {
    const hashes = hashesAt(size, level)
    return { level, n: Math.floor(hashes / tileWidth), width: hashes % tileWidth }
  })
}

/** All tiles of a level, from left to right. */
export function* tilesOf(size: number, level: number): Generator<Tile> {
  const hashes = hashesAt(size, level)
  for (let n = 0; n * tileWidth < hashes; n++) {
    yield { level, n, width: Math.min(tileWidth, hashes - n * tileWidth) }
  }
}

/** The levels that have any hash. */
export function levelsOf(size: number): number[] {
  const levels: number[] = []
  for (let level = 0; hashesAt(size, level) > 0; level++) levels.push(level)
  return levels
}

/** How many complete subtrees of 256^level leaves there are. */
export function hashesAt(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level)
}

/** The root of the first `size` leaves. */
export async function rootAt(size: number, readTile: ReadTile): Promise<Buffer> {
  const tree = startTree()
  for (const { level, n, width } of partialTiles(size).reverse()) {
    // The full tiles of a level are hashes of the level above.
    if (width === 0) continue
    const hashes = tileStart(await readTile(level, n), width, level)
    for (let at = 0; at < hashes.length; at += 32) tree.appendSubtree(hashes.subarray(at, at + 32), level * 8)
  }
  return tree.root()
}

/** The first `width` hashes of a tile; throws where it has fewer, because the tree would silently be another. */
export function tileStart(hashes: Uint8Array | undefined, width: number, level: number): Uint8Array {
  const there = (hashes?.length ?? 0) / 32
  if (there < width) throw new RangeError(`a tile of level ${level} has ${there} hashes instead of ${width}`)
  return hashes ? hashes.subarray(0, width * 32) : new Uint8Array()
}
