import { createSecretKey, hash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fieldKey } from './derive.ts'
import { readFernet } from './fernet.ts'
import { parseKeys } from './keys.ts'
import { createSealer, MissingKeyError, SealBrokenError } from './seal.ts'
import type { SealedField } from './sealed-columns.ts'

const old = `1:${randomBytes(32).toString('base64url')}`
const fresh = `2:${randomBytes(32).toString('base64url')}`
const workspaceKey = (id: string) => createSecretKey(hash('sha256', `key of ${id}`, 'buffer'))
const now = () => Temporal.Instant.from('2026-03-29T00:59:59Z')
const before = createSealer({ keys: parseKeys(old), workspaceKey, now })
const rotated = parseKeys(`${fresh}\n${old}`)
const after = createSealer({ keys: rotated, workspaceKey })

const acme: SealedField = { workspace: 'acme', column: 'webhook.secret', row: 'r1' }
const sealed = before.seal(acme, 'whsec_Zoë 🎉')

test('what is sealed opens again and shows nothing of itself', () => {
  expect(sealed).toMatch(/^k1w:gAAAA[\w-]+={0,2}$/)
  expect(before.open(acme, sealed)).toBe('whsec_Zoë 🎉')
  expect(before.open(acme, before.seal(acme, ''))).toBe('')
})
test('a platform row is sealed in the name of the platform', () => {
  const signup: SealedField = { workspace: 'platform', column: 'signup.payload', row: 'r1' }
  expect(before.open(signup, before.seal(signup, '{}'))).toBe('{}')
})
test('a value copied to another workspace, column or row does not open', () => {
  const elsewhere: SealedField[] = [
    { ...acme, workspace: 'globex', column: 'webhook.secret' },
    { ...acme, workspace: 'acme', column: 'integration.token' },
    { ...acme, row: 'r2' },
  ]
  for (const field of elsewhere) expect(() => before.open(field, sealed)).toThrow(SealBrokenError)
})
test('a column that is not declared, or of the other scope, is refused', () => {
  const places = [
    { workspace: 'acme', column: 'task.title', row: 'r1' },
    { workspace: 'acme', column: 'signup.payload', row: 'r1' },
    { workspace: 'platform', column: 'webhook.secret', row: 'r1' },
  ] as SealedField[]
  for (const field of places) {
    expect(() => before.seal(field, 'x')).toThrow(TypeError)
    expect(() => before.open(field, sealed)).toThrow(TypeError)
  }
})
test('plain text, another form and a changed value are refused without being shown', () => {
  for (const text of ['whsec_plain', '', 'k1:', 'k01:gAAA', sealed.slice(0, -1), `${sealed}=`, ` ${sealed}`]) {
    expect(() => before.open(acme, text)).toThrow(SealBrokenError)
    expect(() => before.open(acme, text)).not.toThrow(/whsec|gAAA/)
  }
})
test('text that is not well-formed Unicode is refused instead of changed', () => {
  expect(() => before.seal(acme, '\ud800')).toThrow(TypeError)
})
test('a missing key is named, and nothing is opened with another', () => {
  const withoutOld = createSealer({ keys: parseKeys(fresh), workspaceKey })
  expect(() => withoutOld.open(acme, sealed)).toThrow(MissingKeyError)
  expect(() => withoutOld.open(acme, sealed)).toThrow(/Key version 1 is missing/)
  expect(() => withoutOld.open(acme, sealed.replace('k1w:', 'k2w:'))).toThrow(SealBrokenError)
})

describe('re-sealing', () => {
  const resealed = after.reseal(acme, sealed)
  const partsOf = (value: string, version: number) => {
    const token = value.replace(/^k\d+w:/, '')
    const { madeAt } = readFernet(fieldKey(rotated.get(version)!, acme, workspaceKey('acme')), token)
    return { madeAt: madeAt.toString(), iv: Buffer.from(token, 'base64url').subarray(9, 25).toString('hex') }
  }
  test('takes the newest key and keeps the content', () => {
    expect(resealed).toMatch(/^k2w:/)
    expect(after.open(acme, resealed)).toBe('whsec_Zoë 🎉')
  })
  test('keeps the time of sealing and takes a new IV', () => {
    expect(partsOf(resealed, 2).madeAt).toBe('2026-03-29T00:59:59Z')
    expect(partsOf(resealed, 2).iv).not.toBe(partsOf(sealed, 1).iv)
  })
  test('leaves values of both versions readable', () => {
    expect(after.open(acme, sealed)).toBe(after.open(acme, resealed))
  })
  test('of a broken value is refused', () => {
    expect(() => after.reseal({ ...acme, row: 'r2' }, sealed)).toThrow(SealBrokenError)
  })
})

// @ts-expect-error: only declared columns have a type.
const undeclared: SealedField = { workspace: 'acme', column: 'task.title', row: 'r1' }
void undeclared
