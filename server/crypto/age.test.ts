import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AgeError, ageIdentity, encryptAge, isAge, readAge } from '#server/crypto/age.ts'

const chunk = 65_536
const sizes = [0, 1, 15, chunk - 1, chunk, chunk + 1, 2 * chunk, 17 * chunk + 5]
const identity = ageIdentity(Buffer.alloc(32, 7))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-age-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let count = 0
async function written(content: Buffer, pieces = 10_000): Promise<string> {
  const path = join(folder, String(count++))
  const parts = Array.from({ length: Math.ceil(content.length / pieces) }, (_, n) =>
    content.subarray(n * pieces, (n + 1) * pieces),
  )
  await pipeline(Readable.from(parts, { objectMode: false }), encryptAge(identity), createWriteStream(path))
  return path
}

test.each(sizes)('%i bytes come back as they were, whatever the pieces in which they arrived', async size => {
  const content = randomBytes(size)
  for (const pieces of [1_000, chunk, 1_000_000]) {
    const path = await written(content, pieces)
    expect((await buffer(readAge(path, identity))).equals(content)).toBe(true)
    expect(isAge(await readFile(path))).toBe(true)
    const sealed = await readFile(path)
    if (size >= 15) expect(sealed.includes(content)).toBe(false)
  }
})

test('any range comes back as it was', async () => {
  const content = randomBytes(5 * chunk + 321)
  const path = await written(content)
  const edges = [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, content.length - 1]
  for (const start of edges)
    for (const end of edges.filter(each => each >= start))
      expect((await buffer(readAge(path, identity, { start, end }))).equals(content.subarray(start, end + 1))).toBe(
        true,
      )
  expect(await buffer(readAge(path, identity, { start: content.length, end: content.length + 9 }))).toHaveLength(0)
})

describe('another implementation of the format', () => {
  // AGE-SECRET-KEY-1…: Bech32 (BIP 173) of the 32 bytes.
  const secretOf = (text: string): Buffer => {
    const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
    const bits = [...text.toLowerCase().slice('age-secret-key-1'.length, -6)]
      .map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
      .join('')
    return Buffer.from(Array.from({ length: 32 }, (_, n) => Number.parseInt(bits.slice(n * 8, n * 8 + 8), 2)))
  }

  test.each(sizes)('opens what we wrote, and we open what it wrote: %i bytes', async size => {
    const theirs = await generateIdentity()
    const ours = ageIdentity(secretOf(theirs))
    const content = randomBytes(size)
    const path = join(folder, String(count++))
    await pipeline(Readable.from([content], { objectMode: false }), encryptAge(ours), createWriteStream(path))
    const decrypter = new Decrypter()
    decrypter.addIdentity(theirs)
    expect(Buffer.from(await decrypter.decrypt(await readFile(path))).equals(content)).toBe(true)
    const encrypter = new Encrypter()
    encrypter.addRecipient(await identityToRecipient(theirs))
    await writeFile(path, await encrypter.encrypt(content))
    expect((await buffer(readAge(path, ours))).equals(content)).toBe(true)
  })
})

describe('a file is refused, and nothing of the wrong part given away, when', () => {
  const content = randomBytes(3 * chunk + 100)
  const refused = async (bytes: Buffer, as = identity, range?: { start: number; end: number }) => {
    const path = join(folder, String(count++))
    await writeFile(path, bytes)
    await expect(buffer(readAge(path, as, range))).rejects.toThrow(AgeError)
  }

  test('any bit of its header, or one of any chunk, is flipped', async () => {
    const sealed = await readFile(await written(content))
    const places = [...Array(200).keys(), 300, 20_000, chunk + 500, 2 * chunk + 900, sealed.length - 1]
    for (const place of places) {
      const changed = Buffer.from(sealed)
      changed[place]! ^= 1 << (place % 8)
      await refused(changed)
    }
  })

  test('it is cut anywhere, at the end of a chunk too, even if only its beginning is asked for', async () => {
    const sealed = await readFile(await written(content))
    const begin = sealed.length - content.length - 4 * 16
    for (const length of [
      0,
      10,
      begin - 1,
      begin,
      begin + 15,
      begin + chunk + 16,
      begin + 2 * (chunk + 16),
      sealed.length - 1,
    ])
      await refused(sealed.subarray(0, length), identity, { start: 0, end: 9 })
  })

  test('something is added, or chunks change places', async () => {
    const sealed = await readFile(await written(content))
    const begin = sealed.length - content.length - 4 * 16
    const piece = (n: number) => sealed.subarray(begin + n * (chunk + 16), begin + (n + 1) * (chunk + 16))
    await refused(Buffer.concat([sealed, Buffer.alloc(16)]))
    await refused(Buffer.concat([sealed.subarray(0, begin), piece(1), piece(0), piece(2), piece(3)]))
    await refused(Buffer.concat([sealed.subarray(0, begin), piece(1), piece(2), piece(3)]))
  })

  test('it was encrypted to somebody else', async () => {
    await refused(await readFile(await written(content)), ageIdentity(Buffer.alloc(32, 8)))
  })
})
