import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readConfig } from '#server/config/config.ts'
import { KeysError } from './keys.ts'
import { loadKeysFromCommand } from './keys-command.ts'

const one = `1:${randomBytes(32).toString('base64url')}`
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kontor-vault-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A program that stands for a vault's. */
function vault(body: string, mode = 0o700): string {
  const path = join(folder, 'vault')
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, mode)
  return path
}

test('the keys are what the command prints; words are parted at spaces, and no shell reads them', async () => {
  const command = vault(`test "$2" = '$HOME;' && echo '${one}'; echo noise >&2`)
  const ring = await loadKeysFromCommand(`${command}  read  $HOME;`)
  expect(ring.versions).toEqual([1])
})
test('it is given none of our settings, and an end of input', async () => {
  process.env.KONTOR_TEST_CLOCK = 'x'
  try {
    const ring = await loadKeysFromCommand(vault(`cat; test -z "$KONTOR_TEST_CLOCK" && echo '${one}'`))
    expect(ring.versions).toEqual([1])
  } finally {
    delete process.env.KONTOR_TEST_CLOCK
  }
})
test.each([
  ['a program that is not there', () => join(folder, 'nowhere'), /no program that is there/],
  ['a file that may not be run', () => vault('', 0o600), /may not be run/],
  ['a failure', () => vault(`echo '${one}'; echo '${one}' >&2; exit 3`), /status 3/],
  ['nothing', () => vault(''), /no keys that can be used\. There is no key/],
  ['a bad key', () => vault('echo 1:c2hvcnQ'), /version 1 has 5 bytes/],
  ['too much', () => vault('yes'), /more than 64 KiB/],
])('%s stops the start with a sentence that shows no key', async (_case, command, sentence) => {
  const error = await loadKeysFromCommand(command()).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(KeysError)
  const { message } = error as Error
  expect(message).toMatch(/^KONTOR_KEYS_COMMAND [^\n]*\.$/)
  expect(message).toMatch(sentence)
  for (const secret of [one.slice(2), 'c2hvcnQ', folder]) expect(message).not.toContain(secret)
})
test('one that hangs is given up after 10 seconds', async () => {
  await expect(loadKeysFromCommand(vault('exec sleep 60'))).rejects.toThrow(/longer than 10 seconds/)
}, 20_000)
test('it runs again for a version that is not known, but at most every 10 seconds', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const runs = join(folder, 'runs')
    const ring = await loadKeysFromCommand(vault(`echo run >> ${runs}; echo '${one}'`))
    const two = `2:${randomBytes(32).toString('base64url')}`
    vault(`echo run >> ${runs}; echo '${two}'; echo '${one}'`)
    for (let n = 0; n < 5; n++) expect(await ring.learn(2)).toBe(false)
    expect(readFileSync(runs, 'utf8')).toBe('run\n')
    vi.advanceTimersByTime(10_000)
    expect(ring.get(2)).toBeUndefined()
    expect(await ring.learn(2)).toBe(true)
    expect(ring.versions).toEqual([2, 1])
    expect(await ring.learn(2)).toBe(true)
    expect(readFileSync(runs, 'utf8')).toBe('run\nrun\n')
  } finally {
    vi.useRealTimers()
  }
})
test('two places for the keys are refused', () => {
  const env = { KONTOR_KEYS: one, KONTOR_KEYS_COMMAND: 'vault', KONTOR_KEYS_FILE: '/keys' }
  for (const [name, other] of [
    ['KONTOR_KEYS', 'KONTOR_KEYS_COMMAND'],
    ['KONTOR_KEYS', 'KONTOR_KEYS_FILE'],
    ['KONTOR_KEYS_FILE', 'KONTOR_KEYS_COMMAND'],
  ] as const) {
    const both = () => readConfig({ [name]: env[name], [other]: env[other] })
    expect(both).toThrow(/are set: keep one place for the keys/)
    expect(both).not.toThrow(one.slice(2))
  }
  expect(readConfig({ KONTOR_KEYS_COMMAND: 'vault read' }).keysCommand).toBe('vault read')
})
