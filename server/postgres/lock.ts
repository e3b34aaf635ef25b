import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedError } from './embedded-error.ts'

export type Lock = { release(): void }

/**
 * Takes the data folder for this process, until `release()` or the death of the process.
 *
 * The kernel holds the lock (fcntl, which Node offers through SQLite only), so nothing goes stale: no process id to be
 * reused, nothing to clean up after kill -9, and two containers that share the folder exclude each other too.
 * @throws EmbeddedError when another process holds it.
 */
export function acquireLock(dataDir: string): Lock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const pidFile = join(dataDir, 'kontor.pid')
  const file = openLocked(dataDir, pidFile)
  // Kept beside the lock: opening and closing the lock's own file in this process would drop an fcntl lock.
  writeFileSync(pidFile, `${process.pid}\n`)
  held.add(file)
  return {
    release() {
      if (!file.isOpen) return
      rmSync(pidFile, { force: true })
      file.close()
      held.delete(file)
    },
  }
}

/** The garbage collector closes a database that nobody refers to, and a holder may forget its lock. */
const held = new Set<DatabaseSync>()

const sqliteBusy = 5

function openLocked(dataDir: string, pidFile: string): DatabaseSync {
  let file: DatabaseSync | undefined
  try {
    file = new DatabaseSync(join(dataDir, 'kontor.lock'), { timeout: 0 })
    file.exec('pragma journal_mode = memory; begin immediate')
    return file
  } catch (error) {
    file?.close()
    const failure = error as Error & { errcode?: number }
    if (failure.errcode !== sqliteBusy) {
      throw new EmbeddedError(
        `The data folder ${dataDir} cannot be locked (${failure.message}): it has to be writable and on a local disk.`,
      )
    }
    throw new EmbeddedError(
      `Another Kontor${holder(pidFile)} already runs on ${dataDir}: stop it first, or set KONTOR_DATA_DIR to another folder.`,
    )
  }
}

function holder(pidFile: string): string {
  try {
    return ` (process ${readFileSync(pidFile, 'utf8').trim()})`
  } catch {
    return ''
  }
}
