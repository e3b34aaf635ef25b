import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { nodeHash, startTree } from './merkle.ts'
import { proveConsistency, proveInclusion, verifyConsistency, verifyInclusion } from './proofs.ts'
import { appendToTiles, partialTiles, type ReadTile, rootAt, tileStart } from './tiles.ts'

/** The reference tree of Certificate Transparency: its leaves, and its root at each size from 1 on. */
const reference = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const referenceLeaves = reference.map(data => leafOf(Buffer.from(data, 'hex')))

describe('the reference tree', () => {
  test('has the published root at every size', () => {
    const tree = startTree()
    expect(tree.root().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    const computed = referenceLeaves.map(leaf => {
      tree.append(leaf)
      return tree.root().toString('hex')
    })
    expect(computed).toEqual(roots)
  })

  test('has the published proofs', async () => {
    const { read } = growTiles(referenceLeaves, [8])
    expect(hex(await proveInclusion(5, 8, read))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    expect(hex(await proveConsistency(6, 8, read))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    expect(hex(await proveConsistency(2, 5, read))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ])
  })
})

describe('proofs', () => {
  const size = 21
  const leaves = numbered(size)
  const { read } = growTiles(leaves, [size])

  test('of every leaf at every size verify, and with anything changed do not', async () => {
    for (let to = 1; to <= size; to++) {
      const root = plainRoot(leaves.slice(0, to))
      for (let index = 0; index < to; index++) {
        const path = await proveInclusion(index, to, read)
        const claim = { leaf: leaves[index]!, index, size: to, root }
        expect(verifyInclusion(claim, path)).toBe(true)
        const wrong = [
          { ...claim, index: index + 1 },
          { ...claim, index: index - 1 },
          { ...claim, leaf: leafOf(Buffer.from('other')) },
          { ...claim, root: leafOf(Buffer.from('other')) },
        ]
        expect(wrong.map(claim => verifyInclusion(claim, path))).toEqual([false, false, false, false])
        expect(verifyInclusion(claim, [...path, root])).toBe(false)
        if (path.length > 0) expect(verifyInclusion(claim, path.slice(1))).toBe(false)
        expect(path.map((_, at) => verifyInclusion(claim, flipped(path, at)))).not.toContain(true)
      }
    }
  })

  test('of consistency between any two sizes verify, and with anything changed do not', async () => {
    for (let to = 1; to <= size; to++) {
      for (let from = 0; from <= to; from++) {
        const path = await proveConsistency(from, to, read)
        const old = { size: from, root: plainRoot(leaves.slice(0, from)) }
        const grown = { size: to, root: plainRoot(leaves.slice(0, to)) }
        expect(verifyConsistency(old, grown, path)).toBe(true)
        expect(verifyConsistency(old, grown, [...path, old.root])).toBe(false)
        expect(path.map((_, at) => verifyConsistency(old, grown, flipped(path, at)))).not.toContain(true)
        if (from === 0) continue
        expect(verifyConsistency({ ...old, root: leaves[20]! }, grown, path)).toBe(false)
        expect(verifyConsistency(old, { ...grown, root: leaves[20]! }, path)).toBe(false)
        expect(verifyConsistency(grown, old, path)).toBe(from === to)
      }
    }
  })

  test('of a leaf or a size that is not there are refused', async () => {
    await expect(proveInclusion(21, 21, read)).rejects.toThrow(RangeError)
    await expect(proveInclusion(3, 22, read)).rejects.toThrow(RangeError)
    await expect(proveConsistency(3, 2, read)).rejects.toThrow(RangeError)
  })
})

describe('tiles', () => {
  const leaves = numbered(66_000)
  /** Steps that end before, at and after the end of a tile, at two levels. */
  const steps = [1, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_537, 66_000]
  const { read, tiles } = growTiles(leaves, steps)

  test('are the same in whatever steps the tree grew', () => {
    const once = growTiles(leaves, [66_000])
    expect([...tiles.keys()].sort()).toEqual([...once.tiles.keys()].sort())
    for (const [key, hashes] of tiles) expect(hashes.equals(once.tiles.get(key)!)).toBe(true)
    expect(tiles.has('2/0')).toBe(true)
  })

  test.each(steps)('give the root of the first %i leaves', async size => {
    expect((await rootAt(size, read)).equals(plainRoot(leaves.slice(0, size)))).toBe(true)
  })

  test.each([
    [0, 66_000],
    [256, 66_000],
    [65_535, 65_536],
    [65_999, 66_000],
  ])('prove leaf %i of %i', async (index, size) => {
    const path = await proveInclusion(index, size, read)
    expect(verifyInclusion({ leaf: leaves[index]!, index, size, root: await rootAt(size, read) }, path)).toBe(true)
  })

  test.each([
    [256, 66_000],
    [700, 65_537],
    [65_536, 65_537],
  ])('prove that %i leaves became %i', async (from, to) => {
    const path = await proveConsistency(from, to, read)
    const [old, grown] = [await rootAt(from, read), await rootAt(to, read)]
    expect(verifyConsistency({ size: from, root: old }, { size: to, root: grown }, path)).toBe(true)
  })

  test('that lack hashes are refused rather than taken for another tree', async () => {
    const short: ReadTile = async (level, n) => (await read(level, n))?.subarray(0, 32)
    await expect(rootAt(66_000, short)).rejects.toThrow('hashes instead of')
    expect(() => appendToTiles(2, [leaves[0]!], [leaves[2]!])).toThrow('hashes instead of')
  })
})

/** What the sealing job does, with a map for the table. */
function growTiles(leaves: Buffer[], sizes: number[]) {
  const tiles = new Map<string, Buffer>()
  const read: ReadTile = async (level, n) => tiles.get(`${level}/${n}`)
  let size = 0
  for (const next of sizes) {
    const partial = partialTiles(size).map(({ level, n, width }) => tileStart(tiles.get(`${level}/${n}`), width, level))
    for (const { level, n, from, hashes } of appendToTiles(size, partial, leaves.slice(size, next))) {
      const there = tiles.get(`${level}/${n}`) ?? Buffer.alloc(0)
      expect(there.length).toBe(from * 32)
      tiles.set(`${level}/${n}`, Buffer.concat([there, hashes]))
    }
    size = next
  }
  return { tiles, read }
}

/** As RFC 9162, section 2.1.1, defines it, and as slow. */
function plainRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return hash('sha256', '', 'buffer')
  if (leaves.length === 1) return leaves[0]!
  const split = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1)
  return nodeHash(plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)))
}

function leafOf(data: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(0), data]), 'buffer')
}

function numbered(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => leafOf(Buffer.from(String(index))))
}

function flipped(path: Buffer[], at: number): Buffer[] {
  return path.map((hash, index) =>
    index === at ? Buffer.from(hash.map((byte, i) => (i === 9 ? byte ^ 1 : byte))) : hash,
  )
}

function hex(path: Buffer[]): string[] {
  return path.map(hash => hash.toString('hex'))
}
