import { nodeHash, rootOf } from './merkle.ts'
import { type ReadTile, tileStart, tileWidth } from './tiles.ts'

/** Leads from a leaf to the root of the first `size` leaves (RFC 9162, section 2.1.3.1). */
export async function proveInclusion(index: number, size: number, readTile: ReadTile): Promise<Buffer[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not among ${size}`)
  const rootOfRange = rangeReader(readTile)
  const path: Buffer[] = []
  let [begin, end] = [0, size]
  while (end - begin > 1) {
    const middle = begin + leftSize(end - begin)
    path.push(await (index < middle ? rootOfRange(middle, end) : rootOfRange(begin, middle)))
    if (index < middle) end = middle
    else begin = middle
  }
  return path.reverse()
}

/** Shows that the first `from` of `to` leaves are the tree that there was before (RFC 9162, section 2.1.4.1). */
export async function proveConsistency(from: number, to: number, readTile: ReadTile): Promise<Buffer[]> {
  if (!(from >= 0 && from <= to)) throw new RangeError(`a tree of ${to} leaves was never one of ${from}`)
  if (from === 0 || from === to) return []
  const rootOfRange = rangeReader(readTile)
  const path: Buffer[] = []
  let [begin, end] = [0, to]
  while (from < end) {
    const middle = begin + leftSize(end - begin)
    path.push(await (from <= middle ? rootOfRange(middle, end) : rootOfRange(begin, middle)))
    if (from <= middle) end = middle
    else begin = middle
  }
  // Where the old tree is a whole subtree from the first leaf on, whoever checks knows its root.
  if (begin > 0) path.push(await rootOfRange(begin, end))
  return path.reverse()
}

/** RFC 9162, section 2.1.3.2. */
export function verifyInclusion(
  claim: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false
  let [at, last] = [claim.index, claim.size - 1]
  let computed: Uint8Array = claim.leaf
  for (const hash of path) {
    if (last === 0 || hash.length !== 32) return false
    if (at % 2 === 1 || at === last) {
      computed = nodeHash(hash, computed)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      computed = nodeHash(computed, hash)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equal(computed, claim.root)
}

type Head = { size: number; root: Uint8Array }

/** RFC 9162, section 2.1.4.2. Every tree grows from the empty one. */
export function verifyConsistency(from: Head, to: Head, path: readonly Uint8Array[]): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false
  if (from.size === to.size) return path.length === 0 && equal(from.root, to.root)
  if (from.size === 0) return path.length === 0
  const [first, ...rest] = Number.isInteger(Math.log2(from.size)) ? [from.root, ...path] : path
  if (!first || path.some(hash => hash.length !== 32)) return false
  let [at, last] = [from.size - 1, to.size - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let [old, grown] = [first, first]
  for (const hash of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = nodeHash(hash, old)
      grown = nodeHash(hash, grown)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      grown = nodeHash(grown, hash)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equal(old, from.root) && equal(grown, to.root)
}

/** The root of the leaves from begin to end, for the ranges that the splits of a tree make. Reads each tile once. */
function rangeReader(readTile: ReadTile) {
  const read = new Map<string, Promise<Uint8Array | undefined>>()
  return rootOfRange

  async function rootOfRange(begin: number, end: number): Promise<Buffer> {
    const size = end - begin
    const height = Math.log2(size)
    if (Number.isInteger(height)) return rootOfSubtree(height, begin / size)
    const middle = begin + leftSize(size)
    return nodeHash(await rootOfRange(begin, middle), await rootOfRange(middle, end))
  }

  /** Subtree number `index` of those with 2^height leaves: some hashes that stand side by side in one tile. */
  async function rootOfSubtree(height: number, index: number): Promise<Buffer> {
    const level = Math.floor(height / 8)
    const width = 2 ** (height % 8)
    const first = index * width
    const n = Math.floor(first / tileWidth)
    const from = first % tileWidth
    const key = `${level}/${n}`
    const tile = read.get(key) ?? readTile(level, n)
    read.set(key, tile)
    return rootOf(tileStart(await tile, from + width, level).subarray(from * 32))
  }
}

/** The largest power of two below n. */
function leftSize(n: number): number {
  const power = 2 ** Math.floor(Math.log2(n))
  return power === n ? n / 2 : power
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
