import type { Checkpoint } from './checkpoint.ts'
import { type Problem, rangeText } from './export-problems.ts'
import { rootOf } from './merkle.ts'
import { levelsOf, rootAt, type Tile, tilesOf, tileWidth } from './tiles.ts'

/**
 * Collects what the tree of an export hangs together by: the roots of its lowest tiles, all tiles above, and what the
 * checkpoints that were kept need besides. An eighth of a byte for each event.
 */
export function followTiles(size: number, kept: readonly Checkpoint[]) {
  const lowest = new Map<number, string>()
  const tiles = new Map<string, Buffer>()
  const needed = new Set([size, ...kept.map(({ size }) => size)].map(size => Math.floor(size / tileWidth)))
  return { add, has, isSigned, check, rootOfKept }

  /** @returns a problem where the tile has too few or too many hashes. */
  function add({ level, n, width }: Tile, hashes: Buffer): Problem | undefined {
    if (level > 0 || needed.has(n)) tiles.set(`${level}/${n}`, hashes)
    if (level === 0) lowest.set(n, width === tileWidth ? rootOf(hashes).toString('latin1') : '')
    if (hashes.length === width * 32) return undefined
    return tileProblem(level, n, `has ${hashes.length / 32} hashes instead of ${width}`)
  }

  function has(level: number, n: number): boolean {
    return level === 0 ? lowest.has(n) : tiles.has(`${level}/${n}`)
  }

  /** Whether these hashes are what the tile of level 0 has in the signed tree, as far as the tiles above are that. */
  async function isSigned(n: number, hashes: Buffer, root: Buffer): Promise<boolean> {
    if (hashes.length === tileWidth * 32) return hashAbove(0, n) === rootOf(hashes).toString('latin1')
    const readTile = async (level: number, m: number) => (level === 0 && m === n ? hashes : read(level, m))
    return (await tryRootAt(size, readTile))?.equals(root) === true
  }

  /** What is not part of the signed tree. */
  async function check(root: Buffer): Promise<Problem[]> {
    const problems: Problem[] = []
    for (const level of levelsOf(size).slice(1)) {
      for (const { n } of tilesOf(size, level)) {
        if (!has(level, n)) problems.push(tileProblem(level, n, 'is not there'))
      }
    }
    if (problems.length > 0) return problems
    for (const level of levelsOf(size)) {
      for (const { n, width } of tilesOf(size, level)) {
        if (width < tileWidth || !has(level, n)) continue
        const own = level === 0 ? lowest.get(n)! : rootOf(read(level, n)!).toString('latin1')
        if (hashAbove(level, n) !== own) problems.push(tileProblem(level, n, 'is not part of the signed tree'))
      }
    }
    if ((await tryRootAt(size, async (level, n) => read(level, n)))?.equals(root)) return problems
    const sentence = `The signed tree is another one: something was changed together with all hashes above it.`
    return [...problems, { kind: 'root', sentence, range: [0, Math.max(0, size - 1)] }]
  }

  /** Undefined where a filtered export does not have the tile that it takes. */
  async function rootOfKept({ size }: Checkpoint): Promise<Buffer | undefined> {
    return tryRootAt(size, async (level, n) => read(level, n))
  }

  function hashAbove(level: number, n: number): string | undefined {
    const at = n % tileWidth
    return read(level + 1, Math.floor(n / tileWidth))?.toString('latin1', at * 32, at * 32 + 32)
  }

  function read(level: number, n: number): Buffer | undefined {
    return tiles.get(`${level}/${n}`)
  }

  function tileProblem(level: number, n: number, what: string): Problem {
    const leaves = tileWidth ** (level + 1)
    const range = [n * leaves, Math.min(size, (n + 1) * leaves) - 1] as const
    const sentence = `The tile ${n} of level ${level}, with the hashes of ${rangeText(range)}, ${what}.`
    return { kind: 'tile', sentence, range }
  }
}

async function tryRootAt(size: number, readTile: Parameters<typeof rootAt>[1]): Promise<Buffer | undefined> {
  try {
    return await rootAt(size, readTile)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
