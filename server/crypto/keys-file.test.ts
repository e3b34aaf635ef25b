import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeysError } from './keys.ts'
import { addKeyToFile, createKeysFile, loadKeysFile, removeKeyFromFile } from './keys-file.ts'

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
test('a rotation puts a new key on top and keeps the old ones, comments and mode', () => {
  const old = createKeysFile(path)
  writeFileSync(path, `# made in May\n${readFileSync(path, 'utf8')}`)
  expect(addKeyToFile(path)).toBe(2)
  const ring = loadKeysFile(path)
  expect(ring.versions).toEqual([2, 1])
  expect(ring.get(1)?.equals(old.get(1)!)).toBe(true)
  expect(ring.get(2)?.equals(old.get(1)!)).toBe(false)
  expect(readFileSync(path, 'utf8')).toMatch(/^2:[\w-]{43}\n# made in May\n1:[\w-]{43}\n$/)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['keys'])
})
test('an old key can be taken out, the newest cannot', () => {
  createKeysFile(path)
  addKeyToFile(path)
  expect(() => removeKeyFromFile(path, 2)).toThrow(/is the newest/)
  expect(() => removeKeyFromFile(path, 7)).toThrow(/is not in/)
  removeKeyFromFile(path, 1)
  expect(loadKeysFile(path).versions).toEqual([2])
})

test('a ring takes up a key that is added, at once when it is asked for it, and drops one that is retired', () => {
  const ring = createKeysFile(path)
  addKeyToFile(path)
  expect(ring.versions).toEqual([1])
  expect(ring.get(2)).toBeDefined()
  expect(ring.versions).toEqual([2, 1])
  addKeyToFile(path)
  ring.refresh()
  expect(ring.versions).toEqual([3, 2, 1])
  removeKeyFromFile(path, 1)
  ring.refresh()
  expect(ring.get(1)).toBeUndefined()
})
test('a ring seals with the key that it is told, however many newer ones come', () => {
  const ring = createKeysFile(path)
  ring.sealWith(1)
  addKeyToFile(path)
  ring.refresh()
  expect([ring.newest, ring.versions]).toEqual([1, [2, 1]])
  ring.sealWith(2)
  expect(ring.newest).toBe(2)
  expect(() => ring.sealWith(3)).toThrow(/version 3 seals in this installation and is missing here/)
})
test('a ring whose file is lost or spoilt keeps its keys and says so', () => {
  const ring = createKeysFile(path)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, 'nonsense')
  expect(() => ring.refresh()).toThrow(KeysError)
  rmSync(path)
  expect(() => ring.refresh()).toThrow(/is missing/)
  expect(ring.get(1)).toBeDefined()
  expect(ring.get(2)).toBeUndefined()
  writeFileSync(path, text, { mode: 0o600 })
  expect(() => ring.refresh()).not.toThrow()
})
