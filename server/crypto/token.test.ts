import { expect, test } from 'vitest'
import { apiToken, hashToken, isApiToken, sessionToken, sixDigitCode } from './token.ts'

test('a session token has 256 bits and never repeats', () => {
  expect(Buffer.from(sessionToken(), 'base64url')).toHaveLength(32)
  expect(new Set(Array.from({ length: 1000 }, sessionToken)).size).toBe(1000)
})
test('an API token carries its prefix and a checksum', () => {
  for (let i = 0; i < 200; i++) {
    const token = apiToken()
    expect(token).toMatch(/^kontor_pat_[0-9A-Za-z]{36}$/)
    expect(isApiToken(token)).toBe(true)
  }
})
test('any changed character of an API token is noticed', () => {
  const token = apiToken()
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === 'x' ? 'y' : 'x'
    expect(isApiToken(token.slice(0, i) + other + token.slice(i + 1))).toBe(false)
  }
  expect(isApiToken(`${token}0`)).toBe(false)
  expect(isApiToken('')).toBe(false)
})
test('a token is stored as its SHA-256', () => {
  expect(hashToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
test('codes have six digits, leading zeros included, and spread evenly', () => {
  const codes = Array.from({ length: 20_000 }, sixDigitCode)
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  for (let digit = 0; digit <= 9; digit++) {
    const share = codes.filter(code => code.startsWith(String(digit))).length / codes.length
    expect(share).toBeGreaterThan(0.08)
    expect(share).toBeLessThan(0.12)
  }
})
