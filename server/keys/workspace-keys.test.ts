import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseKeys } from '#server/crypto/keys.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { MissingWorkspaceKeyError, openWorkspaceKeys, workspaceSubkey } from '#server/keys/workspace-keys.ts'

const one = `1:${randomBytes(32).toString('base64url')}`
const two = `2:${randomBytes(32).toString('base64url')}`
const acme = uuid7()
const globex = uuid7()
let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'kontor-workspace-keys-')), 'workspace-keys')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))
const open = (text = one) => openWorkspaceKeys(folder, parseKeys(text))

test('a key is made once, for its owner alone, and never in clear', () => {
  const keys = open()
  keys.make(acme)
  const key = keys.get(acme).export()
  keys.make(acme)
  expect(open().get(acme).export()).toEqual(key)
  expect(key).toHaveLength(32)
  expect(readdirSync(folder)).toEqual([acme])
  expect(statSync(join(folder, acme)).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const text = readFileSync(join(folder, acme), 'utf8')
  expect(text).toMatch(/^k1:gAAAA/)
  for (const spelt of ['hex', 'base64', 'base64url'] as const) expect(text).not.toContain(key.toString(spelt))
})
test('a missing key is named and never made anew', () => {
  expect(() => open().get(acme)).toThrow(MissingWorkspaceKeyError)
  expect(() => open().get(acme)).toThrow(new RegExp(`${acme} is missing`))
  expect(open().versionOf(acme)).toBeUndefined()
})
test('the file of one workspace does not open as that of another, nor with a changed character', () => {
  const keys = open()
  keys.make(acme)
  const text = readFileSync(join(folder, acme), 'utf8')
  writeFileSync(join(folder, globex), text)
  expect(() => keys.get(globex)).toThrow(MissingWorkspaceKeyError)
  writeFileSync(
    join(folder, acme),
    text.replace(/.(?==*\n)/, last => (last === 'A' ? 'B' : 'A')),
  )
  expect(() => keys.get(acme)).toThrow(MissingWorkspaceKeyError)
})
test('it is encrypted under the next key and stays the same', () => {
  open().make(acme)
  const before = open().get(acme).export()
  const rotated = open(`${two}\n${one}`)
  expect(rotated.versionOf(acme)).toBe(1)
  rotated.rewrap(acme)
  expect(rotated.versionOf(acme)).toBe(2)
  expect(open(two).get(acme).export()).toEqual(before)
  expect(readdirSync(folder)).toEqual([acme])
  expect(() => open().get(acme)).toThrow(/Key version 2 is missing/)
})
test('a destroyed key is gone, from memory and with the drafts of a killed process, and its neighbours stay', () => {
  const keys = open()
  keys.make(acme)
  keys.make(globex)
  keys.get(acme)
  writeFileSync(join(folder, `${acme}.0a1b2c3d4e5f`), readFileSync(join(folder, acme)))
  expect(keys.count(acme)).toBe(2)
  keys.destroy(acme)
  expect(readdirSync(folder)).toEqual([globex])
  expect(() => keys.get(acme)).toThrow(MissingWorkspaceKeyError)
  expect(() => keys.destroy(acme)).not.toThrow()
})
test('what is not an id never becomes a path', () => {
  for (const id of ['../keys', '', 'platform', `${acme}/x`]) expect(() => open().make(id)).toThrow(TypeError)
})
test('subkeys differ by workspace and purpose, and outlive a rotation', async () => {
  const workspaceKeys = open()
  workspaceKeys.make(acme)
  workspaceKeys.make(globex)
  const of = async (id: string, purpose: string, from = workspaceKeys) =>
    (await workspaceSubkey({ workspaceKeys: from }, id, purpose)).export().toString('hex')
  const all = [await of(acme, 'attachments'), await of(acme, 'exports'), await of(globex, 'attachments')]
  expect(new Set(all).size).toBe(3)
  const rotated = open(`${two}\n${one}`)
  rotated.rewrap(acme)
  expect(await of(acme, 'attachments', rotated)).toBe(all[0])
})
