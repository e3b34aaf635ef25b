import { expect, test } from 'vitest'
import { base32, codeOfStep, stepOfCode, totpUri } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

// RFC 6238, appendix B: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i seconds the code is that of the RFC', (seconds, code) => {
  expect(codeOfStep(secret, Math.floor(seconds / 30))).toBe(code)
})

test('the code of the step before and after is taken, and none further away', () => {
  const now = Temporal.Instant.fromEpochMilliseconds(1_111_111_111_000)
  const present = Math.floor(1_111_111_111 / 30)
  for (const step of [-1, 0, 1])
    expect(stepOfCode(secret, codeOfStep(secret, present + step), now)).toBe(present + step)
  for (const step of [-2, 2]) expect(stepOfCode(secret, codeOfStep(secret, present + step), now)).toBeUndefined()
  for (const wrong of ['', '12345', '1234567', 'abcdef', '٠٥٠٤٧١'])
    expect(stepOfCode(secret, wrong, now)).toBeUndefined()
})

// RFC 4648, section 10.
test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %j is %j', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('what an app scans names us and the account, whatever is in the address', () => {
  const uri = new URL(totpUri(secret, 'a&b=c+d@x.example'))
  expect(uri.protocol).toBe('otpauth:')
  expect(decodeURIComponent(uri.pathname)).toBe('/Kontor:a&b=c+d@x.example')
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: base32(secret), issuer: 'Kontor' })
})
