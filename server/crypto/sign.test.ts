import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { signValue, verifyValue } from './sign.ts'

const key = randomBytes(32)
const signed = signValue(key, 'cursor', '{"after":"Zoë 🎉"}')

test('a signed text gives its payload back', () => {
  expect(signed).toMatch(/^[\w-]+\.[\w-]{22}$/)
  expect(verifyValue(key, 'cursor', signed)).toBe('{"after":"Zoë 🎉"}')
  expect(verifyValue(key, 'cursor', signValue(key, 'cursor', ''))).toBe('')
})
test('another key or purpose refuses it', () => {
  expect(verifyValue(randomBytes(32), 'cursor', signed)).toBeUndefined()
  expect(verifyValue(key, 'link', signed)).toBeUndefined()
  expect(verifyValue(key, 'curso', signValue(key, 'cursor', 'x').replace(/^[^.]*/, 'cng'))).toBeUndefined()
})
test('any changed, missing or added character refuses it', () => {
  for (let i = 0; i < signed.length; i++) {
    const other = signed[i] === 'A' ? 'B' : 'A'
    expect(verifyValue(key, 'cursor', signed.slice(0, i) + other + signed.slice(i + 1))).toBeUndefined()
    expect(verifyValue(key, 'cursor', signed.slice(0, i))).toBeUndefined()
  }
  for (const other of [`${signed}=`, `${signed}.`, ` ${signed}`, signed.replace('.', '=.'), '', '.', 'a.b.c'])
    expect(verifyValue(key, 'cursor', other)).toBeUndefined()
})
