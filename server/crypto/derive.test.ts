import { createHmac, createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { fieldKey, rolePassword, signingKey } from './derive.ts'
import type { SealedField } from './sealed-columns.ts'

const master = createSecretKey(Buffer.alloc(32, 7))
const field: SealedField = { workspace: 'w1', column: 'webhook.secret', row: 'r1' }

test('a field key is HKDF-SHA256 over the documented info', () => {
  const info = Buffer.concat(
    ['kontor/v1/field', 'w1', 'webhook.secret', 'r1'].flatMap(part => [
      Buffer.from([0, 0, 0, part.length]),
      Buffer.from(part),
    ]),
  )
  // RFC 5869 by hand: extract with a salt of zeros, then one block of expand.
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(master.export()).digest()
  const expected = createHmac('sha256', extracted)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
  expect(fieldKey(master, field)).toEqual(expected)
})
test('another workspace, column, row or master key gives another key', () => {
  const keys = [
    fieldKey(master, field),
    fieldKey(master, { ...field, workspace: 'w2' }),
    fieldKey(master, { ...field, column: 'integration.token' }),
    fieldKey(master, { ...field, row: 'r2' }),
    fieldKey(createSecretKey(Buffer.alloc(32, 8)), field),
  ]
  expect(new Set(keys.map(key => key.toString('hex'))).size).toBe(keys.length)
})
test('moving a character from one part to the next gives another key', () => {
  const other = fieldKey(master, { ...field, workspace: 'w', row: '1r1' })
  expect(other).not.toEqual(fieldKey(master, { ...field, workspace: 'w1', row: 'r1' }))
  expect(signingKey(master, 'bc', 'a')).not.toEqual(signingKey(master, 'c', 'ab'))
})
test('a role password is 43 base64url characters, the same every time, another for each role', () => {
  expect(rolePassword(master, 'w_a')).toMatch(/^[\w-]{43}$/)
  expect(rolePassword(master, 'w_a')).toBe(rolePassword(master, 'w_a'))
  expect(rolePassword(master, 'w_a')).not.toBe(rolePassword(master, 'w_b'))
})
test('what one workspace or purpose signs with, another does not', () => {
  const keys = [signingKey(master, 'cursor'), signingKey(master, 'cursor', 'w1'), signingKey(master, 'link', 'w1')]
  expect(new Set(keys.map(key => key.toString('hex'))).size).toBe(3)
})
test('a lone surrogate is refused, for it would read as another character', () => {
  expect(() => rolePassword(master, '\ud800')).toThrow(TypeError)
})
