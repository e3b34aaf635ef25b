import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSigningKey } from '#server/audit-log/note.ts'
import { checkpointOf, exportOf, key, makeHistory } from './verify-export-fixture.ts'

const main = join(import.meta.dirname, '../../server/cli/main.ts')
let folder = ''
let file = ''
let checkpoints = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kontor-verify-'))
  file = join(folder, 'export.ndjson')
  checkpoints = join(folder, 'checkpoints')
  const history = makeHistory()
  writeFileSync(file, (await exportOf(history)).join(''))
  writeFileSync(checkpoints, (await Promise.all([100, 600].map(size => checkpointOf(history.leaves, size)))).join(''))
  // As `audit key` prints them where the key was replaced.
  writeFileSync(join(folder, 'key'), `${makeSigningKey('kontor.example.eu/audit').vkey}\n${key.vkey}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** With settings that no other command would start with: verifying a file reads none. */
async function kontor(args: string[], input?: string, env: NodeJS.ProcessEnv = { KONTOR_NONSENSE: 'yes' }) {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...env } })
  child.stdin.end(input)
  const [out, err] = await Promise.all([child.stdout, child.stderr].map(stream => stream.setEncoding('utf8').toArray()))
  const code = child.exitCode ?? (await new Promise<number>(resolve => child.once('exit', code => resolve(code!))))
  return { code, out: out!.join(''), err: err!.join('') }
}

test('a good export is verified with nothing but the file and the key', async () => {
  const { code, out } = await kontor(['audit', 'verify', file, '--key', key.vkey])
  expect(out).toContain(
    'Verified: 569 events of "acme", in the tree of 600 leaves that kontor.example.eu/audit signed.',
  )
  expect(out).toContain('Retention removed 31 events, as 2 events audit.pruned say.')
  expect(out).toContain('No checkpoint kept elsewhere was given')
  expect(code).toBe(0)
})

test('key and checkpoints may be files, and the export may come from a pipe', async () => {
  const args = ['audit', 'verify', '-', '--key', 'key', '--checkpoint', checkpoints, '--json']
  const { code, out } = await kontor(args, (await exportOf(makeHistory())).join(''))
  expect(JSON.parse(out)).toMatchObject({ ok: true, events: 569, kept: { matched: 2, newer: 0, last: { size: 600 } } })
  expect(code).toBe(0)
})

test('an export that was changed ends with 1 and names the event', async () => {
  const text = (await exportOf(makeHistory())).join('').replace('"requestId":"req-77"', '"requestId":"req-78"')
  const shown = await kontor(['audit', 'verify', '-', '--key', key.vkey], text)
  expect(shown.out).toMatch(/^NOT VERIFIED\. Event 77 \(id [0-9a-f-]{36}, comment.deleted, of 2026-.*Z\) was changed/)
  expect(shown.code).toBe(1)
  const { out, code } = await kontor(['audit', 'verify', '-', '--key', key.vkey, '--json'], text)
  expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ kind: 'changed', event: { index: 77 } }, {}] })
  expect(code).toBe(1)
})

test('what a file says does not steer the terminal', async () => {
  const text = (await exportOf(makeHistory(1))).join('').replace('"action":"task.updated"', '"action":"\\u001b[2Jgone"')
  const { out } = await kontor(['audit', 'verify', '-', '--key', key.vkey], text)
  expect(out).toContain('\ufffd[2Jgone')
  expect(out).not.toContain('\u001b')
})

test.each([
  [[], 2, 'usage: kontor audit verify'],
  [['FILE'], 2, '--key is missing'],
  [['FILE', '--key', 'nonsense'], 1, 'cannot be read'],
  [['FILE', '--key', 'a+b+c'], 2, '--key takes what `kontor audit key` prints'],
  [['FILE', '--workspace', 'acme'], 2, 'usage: kontor audit verify'],
  [['--workspace', 'acme', '--key', 'x'], 2, '--key is for an exported file'],
  [['missing.ndjson', '--key', 'key'], 1, 'missing.ndjson cannot be read'],
  [['FILE', '--key', 'key', '--checkpoint', 'key'], 1, 'does not hold'],
  [['FILE', '--key', 'key', '--checkpoint', 'missing'], 1, 'cannot be read'],
])('audit verify %j ends with %i', async (args, code, sentence) => {
  const ended = await kontor(['audit', 'verify', ...args.map(arg => (arg === 'FILE' ? file : arg))])
  expect(ended.err).toContain(sentence)
  expect(ended.code).toBe(code)
})

test('the public key that is printed verifies what the server signs', async () => {
  const env = { KONTOR_DATA_DIR: join(folder, 'data'), KONTOR_PUBLIC_URL: 'https://kontor.example.eu' }
  const made = await kontor(['audit', 'key'], undefined, env)
  expect(made.out).toMatch(/^kontor\.example\.eu\/audit\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}\n$/)
  expect((await kontor(['audit', 'key'], undefined, env)).out).toBe(made.out)
  const replaced = await kontor(['audit', 'key', '--replace'], undefined, env)
  expect(replaced).toMatchObject({ code: 2, err: expect.stringContaining('--replace needs --reason') })
  chmodSync(join(folder, 'data/audit-key'), 0o644)
  expect(await kontor(['audit', 'key'], undefined, env)).toMatchObject({
    code: 1,
    err: expect.stringContaining('can be read by others'),
  })
})
