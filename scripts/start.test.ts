import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A small project with our real scripts, whose server says what it was given and how it ends.
let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'kontor-scripts-'))
  const repository = join(import.meta.dirname, '..')
  for (const name of ['scripts', 'bin']) cpSync(join(repository, name), join(project, name), { recursive: true })
  write('package.json', JSON.stringify({ name: 'small', type: 'module', scripts: { start: 'node scripts/start.mjs' } }))
  write('package-lock.json', '{}')
  write('node_modules/.kontor-setup', createHash('sha256').update('{}').digest('hex'))
  const bin = join(project, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(process.execPath, join(bin, 'node'))
  write(
    'server/cli/main.ts',
    `const args: string[] = process.argv.slice(2)
    if (args[0] === 'serve' && !args.includes('--end')) {
      const timer = setInterval(() => {}, 1000)
      process.on('SIGTERM', () => { console.log('stopped'); clearInterval(timer); process.exitCode = 3 })
    } else process.exitCode = 4
    console.log(JSON.stringify({ args, cwd: process.cwd(), pid: process.pid }))`,
  )
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

test('bin/kontor works through a symlink from any folder, and adds nothing to the standard output', () => {
  const link = join(project, 'linked')
  symlinkSync('bin/kontor', link)
  const { stdout, stderr, status } = spawnSync(link, ['doctor', '--json', 'a b'], { cwd: tmpdir(), encoding: 'utf8' })
  expect(JSON.parse(stdout)).toMatchObject({ args: ['doctor', '--json', 'a b'], cwd: tmpdir() })
  expect(stderr).toBe('')
  expect(status).toBe(4)
})

test('npm start ends with the exit code of the server', () => {
  const { stdout, status } = spawnSync('npm', ['start', '--silent', '--', '--end'], { cwd: project, encoding: 'utf8' })
  expect(JSON.parse(stdout).args).toEqual(['serve', '--demo', '--end'])
  expect(status).toBe(4)
})

test.each(['SIGTERM', 'SIGKILL'] as const)('the server stops cleanly when npm ends by %s', async signal => {
  const npm = spawn('npm', ['start', '--silent'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = linesOf(npm)
  const { pid } = JSON.parse((await lines.next()).value)
  npm.kill(signal)
  expect((await lines.next()).value).toBe('stopped')
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('SIGTERM to the start script reaches the server once, and its exit code comes back', async () => {
  const script = spawn(process.execPath, ['scripts/start.mjs'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = linesOf(script)
  await lines.next()
  script.kill('SIGTERM')
  const exited = once(script, 'exit')
  expect((await lines.next()).value).toBe('stopped')
  expect(await exited).toEqual([3, null])
})

test('all scripts parse on the oldest Node that may run them', () => {
  const scripts = ['build', 'dev', 'program', 'run', 'setup', 'start', 'test']
  for (const name of scripts) execFileSync('node', ['--check', join(project, 'scripts', `${name}.mjs`)])
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

function linesOf(child: ChildProcess): AsyncIterator<string> {
  return createInterface(child.stdout!)[Symbol.asyncIterator]()
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
