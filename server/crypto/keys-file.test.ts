import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeysError } from './keys.ts'
import { createKeysFile, loadKeysFile } from './keys-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kontor-keys-'))
  path = join(folder, 'keys')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a new file holds one key, for its owner alone, and leaves no draft behind', () => {
  const ring = createKeysFile(path)
  expect(ring.versions).toEqual([1])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['keys'])
  expect(loadKeysFile(path).get(1)?.equals(ring.get(1)!)).toBe(true)
})
test('an existing file is never overwritten', () => {
  createKeysFile(path)
  const before = readFileSync(path, 'utf8')
  expect(() => createKeysFile(path)).toThrow(/exists already/)
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect(readdirSync(folder)).toEqual(['keys'])
})
test('a missing file is explained', () => {
  expect(() => loadKeysFile(path)).toThrow(KeysError)
  expect(() => loadKeysFile(path)).toThrow(/is missing: put it back/)
})
test('a file that others may read is refused', () => {
  createKeysFile(path)
  for (const mode of [0o604, 0o644, 0o622, 0o660]) {
    chmodSync(path, mode)
    expect(() => loadKeysFile(path)).toThrow(/chmod 600/)
  }
})
test.skipIf(process.getuid?.() !== 0)('its group may read it only when root owns it', () => {
  createKeysFile(path)
  chmodSync(path, 0o640)
  expect(() => loadKeysFile(path)).not.toThrow()
  chownSync(path, 65534, 65534)
  expect(() => loadKeysFile(path)).toThrow(/chmod 600/)
})
test('an empty file is refused, not filled', () => {
  writeFileSync(path, '', { mode: 0o600 })
  expect(() => loadKeysFile(path)).toThrow(/no key/)
})
