import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a file that only its owner reads. It appears complete or not at all, and one that is there is never overwritten.
 * @returns whether it was made.
 */
export function createPrivateFile(path: string, text: string): boolean {
  const draft = writeDraft(path, text)
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    return false
  } finally {
    rmSync(draft)
  }
  syncFolder(path)
  return true
}

/** Puts another text in the place of a file in one step; with `like`, of that owner and mode. */
export function replacePrivateFile(path: string, text: string, like?: Stats): void {
  renameSync(writeDraft(path, text, like), path)
  syncFolder(path)
}

/** A new name, or one that is gone, survives a power cut only when its folder is synced too. */
export function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function writeDraft(path: string, text: string, like?: Stats): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, text)
    if (like) {
      fchownSync(file, like.uid, like.gid)
      fchmodSync(file, like.mode & 0o777)
    }
    fsyncSync(file)
  } catch (error) {
    rmSync(draft)
    throw error
  } finally {
    closeSync(file)
  }
  return draft
}
