import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const prefix = 'kontor-run-'
const neededBytes = 3 * 2 ** 30

/**
 * Where a run keeps what it makes: in memory where there is plenty, else where it always was. A new database is 800
 * small files, which take 20 ms of a core in memory and 500 on a virtual disk. What is kept between runs stays on disk.
 */
export function chooseRunFolder(): void {
  process.env.TESTS_ON_DISK ??= tmpdir()
  if (hasRoom()) process.env.TMPDIR = join(memory, `${prefix}${process.pid}`)
}

export function makeRunFolder(): void {
  // Passable, because PostgreSQL runs as another user when we are root.
  mkdirSync(tmpdir(), { recursive: true, mode: 0o711 })
}

export function removeRunFolder(folder = tmpdir()): void {
  if (folder.startsWith(join(memory, prefix)))
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** Folders in memory of runs that were killed. */
export function killedRunFolders(): string[] {
  if (!existsSync(memory)) return []
  return readdirSync(memory)
    .filter(name => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))))
    .map(name => join(memory, name))
}

function hasRoom(): boolean {
  try {
    accessSync(memory, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize > neededBytes && process.availableMemory() > 2 * neededBytes
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
