import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { KeysError, newestKey, parseKeys } from './keys.ts'

const one = randomBytes(32).toString('base64url')
const two = randomBytes(32).toString('base64url')

test('keys are found by version, the newest first', () => {
  const ring = parseKeys(`# rotated in May\n12:${two}\r\n\n1:${one}=\n`)
  expect(ring.newest).toBe(12)
  expect(ring.versions).toEqual([12, 1])
  expect(ring.get(1)?.export()).toEqual(Buffer.from(one, 'base64url'))
  expect(newestKey(ring).export()).toEqual(Buffer.from(two, 'base64url'))
  expect(ring.get(2)).toBeUndefined()
})
test('keys in one variable may stand between commas', () => {
  expect(parseKeys(`2:${two},1:${one}`).versions).toEqual([2, 1])
})
test('printing a ring shows no key', () => {
  const ring = parseKeys(`1:${one}`)
  const printed = inspect([ring, ring.get(1)], { depth: 9, showHidden: true }) + JSON.stringify([ring, ring.get(1)])
  expect(printed).not.toContain(one)
  expect(printed).not.toContain(Buffer.from(one, 'base64url').toString('hex').slice(0, 4))
})

describe('bad keys stop with one sentence that holds no key material', () => {
  test.each([
    ['nothing', '', /no key/],
    ['only a comment', '# none\n', /no key/],
    ['no version', one, /number 1 does not look like/],
    ['version zero', `0:${one}`, /number 1 does not look like/],
    ['a second line that is junk', `2:${two}\n${one}`, /number 2 does not look like/],
    ['31 bytes', `1:${randomBytes(31).toString('base64url')}`, /version 1 has 31 bytes/],
    ['no bytes', '1:', /version 1 has 0 bytes/],
    ['33 bytes', `1:${randomBytes(33).toString('base64url')}`, /version 1 has 33 bytes/],
    ['characters outside the alphabet', `1:${one.slice(0, -2)}%%`, /version 1 is not base64url/],
    ['spare bits that are set', `1:${'A'.repeat(42)}B`, /version 1 is not base64url/],
    ['a version twice', `1:${two}\n1:${one}`, /version 1 is listed twice/],
    ['one key under two versions', `2:${one}\n1:${one}`, /2 and 1 are the same key/],
    ['oldest first', `1:${one}\n2:${two}`, /put the newest key first/],
  ])('%s', (_case, text, message) => {
    const error = caught(() => parseKeys(text))
    expect(error).toBeInstanceOf(KeysError)
    expect(error.message).toMatch(message)
    expect(error.message).toMatch(/^[^\n]*\.$/)
    for (const secret of text.match(/[\w-]{20,}/g) ?? []) expect(error.message).not.toContain(secret.slice(0, 8))
  })
})

function caught(work: () => unknown): Error {
  try {
    work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}
