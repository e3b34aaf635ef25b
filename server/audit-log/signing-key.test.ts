import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '#server/config/config.ts'
import { makeSigningKey } from './note.ts'
import { openAuditKeys, putSigningKey } from './signing-key.ts'

const load = (config: Pick<Config, 'dataDir' | 'publicUrl'>) => openAuditKeys(config).signing()

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kontor-audit-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('the key is made once, for its owner only, and keeps its name when the server moves', () => {
  const made = load({ dataDir, publicUrl: new URL('https://kontor.example.eu') })
  expect(made.name).toBe('kontor.example.eu/audit')
  expect(statSync(join(dataDir, 'audit-key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(dataDir, 'audit-key'), 'utf8')).toBe(`${made.skey}\n`)
  expect(load({ dataDir, publicUrl: new URL('https://elsewhere.example.eu') }).vkey).toBe(made.vkey)
})

test('a server without an address has a key all the same', () => {
  expect(load({ dataDir: join(dataDir, 'new'), publicUrl: undefined }).name).toBe('localhost/audit')
})

test('a key that others can read is refused', () => {
  load({ dataDir, publicUrl: undefined })
  chmodSync(join(dataDir, 'audit-key'), 0o644)
  expect(() => load({ dataDir, publicUrl: undefined })).toThrow(/can be read by others: run `chmod 600/)
})

test('a damaged key is refused and left as it is', () => {
  const { skey } = load({ dataDir, publicUrl: undefined })
  const path = join(dataDir, 'audit-key')
  for (const wrong of ['', skey.slice(0, -1), skey.replace('KEY', 'key'), `${skey}\n${skey}`]) {
    writeFileSync(path, wrong)
    expect(() => load({ dataDir, publicUrl: undefined })).toThrow('is damaged')
    expect(readFileSync(path, 'utf8')).toBe(wrong)
  }
})

test.each(['audit-keys', 'audit-checkpoints/018f'])(
  'where there is %s, no key is made for one that is missing',
  there => {
    mkdirSync(join(dataDir, 'audit-checkpoints'))
    writeFileSync(join(dataDir, there), '')
    const { signing } = openAuditKeys({ dataDir, publicUrl: undefined })
    expect(signing).toThrow(/is missing: put it back from your backup. If it is lost, `kontor audit key --replace`/)
    expect(existsSync(join(dataDir, 'audit-key'))).toBe(false)
  },
)

test('a key that is not the one that has signed does not sign, and the right one does again', () => {
  const keys = openAuditKeys({ dataDir, publicUrl: undefined })
  const { skey, vkey } = keys.signing()
  writeFileSync(join(dataDir, 'audit-key'), makeSigningKey('localhost/audit').skey)
  expect(keys.signing).toThrow(/has signed until now: put that one back/)
  expect(
    openAuditKeys({ dataDir, publicUrl: undefined })
      .known()
      .map(key => key.vkey),
  ).toEqual([vkey])
  writeFileSync(join(dataDir, 'audit-key'), skey)
  expect(keys.signing().vkey).toBe(vkey)
})

test('a key that is put in the place of another signs at once, and both are known', () => {
  const keys = openAuditKeys({ dataDir, publicUrl: undefined })
  const before = keys.signing()
  const next = makeSigningKey(before.name)
  putSigningKey(dataDir, next)
  expect(keys.signing().vkey).toBe(next.vkey)
  expect(keys.known().map(key => key.vkey)).toEqual([before.vkey, next.vkey])
})

test('the key of an installation that kept no list is the first of it', () => {
  const { vkey } = load({ dataDir, publicUrl: undefined })
  rmSync(join(dataDir, 'audit-keys'))
  expect(
    openAuditKeys({ dataDir, publicUrl: undefined })
      .known()
      .map(key => key.vkey),
  ).toEqual([vkey])
})
