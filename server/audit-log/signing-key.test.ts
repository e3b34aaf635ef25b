import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSigningKey } from './signing-key.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kontor-audit-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('the key is made once, for its owner only, and keeps its name when the server moves', () => {
  const made = loadSigningKey({ dataDir, publicUrl: new URL('https://kontor.example.eu') })
  expect(made.name).toBe('kontor.example.eu/audit')
  expect(statSync(join(dataDir, 'audit-key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(dataDir, 'audit-key'), 'utf8')).toBe(`${made.skey}\n`)
  expect(loadSigningKey({ dataDir, publicUrl: new URL('https://elsewhere.example.eu') }).vkey).toBe(made.vkey)
})

test('a server without an address has a key all the same', () => {
  expect(loadSigningKey({ dataDir: join(dataDir, 'new'), publicUrl: undefined }).name).toBe('localhost/audit')
})

test('a key that others can read is refused', () => {
  loadSigningKey({ dataDir, publicUrl: undefined })
  chmodSync(join(dataDir, 'audit-key'), 0o644)
  expect(() => loadSigningKey({ dataDir, publicUrl: undefined })).toThrow(/can be read by others: run `chmod 600/)
})

test('a damaged key is refused and left as it is', () => {
  const { skey } = loadSigningKey({ dataDir, publicUrl: undefined })
  const path = join(dataDir, 'audit-key')
  for (const wrong of ['', skey.slice(0, -1), skey.replace('KEY', 'key'), `${skey}\n${skey}`]) {
    writeFileSync(path, wrong)
    expect(() => loadSigningKey({ dataDir, publicUrl: undefined })).toThrow('is damaged')
    expect(readFileSync(path, 'utf8')).toBe(wrong)
  }
})
