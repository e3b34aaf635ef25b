import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireLock } from '#server/postgres/lock.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kontor-lock-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('the data folder belongs to one holder, and the refusal names it and says what to do', () => {
  const lock = acquireLock(dataDir)
  expect(() => acquireLock(dataDir)).toThrow(
    `Another Kontor (process ${process.pid}) already runs on ${dataDir}: stop it first, or set KONTOR_DATA_DIR to another folder.`,
  )
  lock.release()
  acquireLock(dataDir).release()
})

test('of several processes that race for the folder exactly one gets it', async () => {
  const racers = await Promise.all([takeIt(), takeIt(), takeIt(), takeIt()])
  const words = racers.map(racer => racer.word)
  for (const { child } of racers) child.kill('SIGKILL')
  expect(words.sort()).toEqual(['held', 'refused', 'refused', 'refused'])
})

test('a holder killed with -9 holds nothing, though its process id lives on in a file', async () => {
  const { child } = await takeIt()
  child.kill('SIGKILL')
  await once(child, 'exit')
  writeFileSync(join(dataDir, 'kontor.pid'), `${process.pid}\n`)
  acquireLock(dataDir).release()
})

test('a lock is held by a process that keeps no reference to it', async () => {
  const { child } = await takeIt()
  expect(() => acquireLock(dataDir)).toThrow(/Another Kontor/)
  child.kill('SIGKILL')
})

test('a folder that cannot be written is refused with a sentence', () => {
  writeFileSync(join(dataDir, 'kontor.lock'), 'something else entirely, longer than an empty database')
  expect(() => acquireLock(dataDir)).toThrow(/cannot be locked/)
})

/** Another process that takes the folder, forgets the lock, says how it went, and stays. */
async function takeIt(): Promise<{ child: ChildProcess; word: string }> {
  const program = `
    import { acquireLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)}
    let word = 'held'
    try { acquireLock(process.argv[1]) } catch { word = 'refused' }
    setTimeout(() => { gc(); setImmediate(() => console.log(word)) })
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [word] = await once(child.stdout!, 'data')
  return { child, word: String(word).trim() }
}
