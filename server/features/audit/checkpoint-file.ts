import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { splitNotes } from '#server/audit-log/note.ts'
import { isCode, syncFolder } from '#server/crypto/private-file.ts'

/** Longer than any note. */
const mostBytes = 4_096

export class CheckpointFileError extends Error {
  override name = 'CheckpointFileError'
}

/** Where a workspace's signed checkpoints are kept off the database, one after the other. */
export function checkpointPath(dataDir: string, workspaceId: string): string {
  return join(dataDir, 'audit-checkpoints', workspaceId)
}

/** The last whole note, or undefined where nothing was signed yet. */
export function readNewestNote(path: string): string | undefined {
  const file = openUnlessMissing(path, 'r')
  if (file === undefined) return undefined
  try {
    return readEnd(file, path).note
  } finally {
    closeSync(file)
  }
}

/** Appends a note; it is on disk when this returns. What a crash has left of another one is cut off before. */
export function appendNote(path: string, note: string): void {
  const file = openUnlessMissing(path, 'r+') ?? create(path)
  let whole: number
  try {
    whole = readEnd(file, path).end
    if (whole < fstatSync(file).size) ftruncateSync(file, whole)
  } finally {
    closeSync(file)
  }
  const appending = openSync(path, 'a')
  try {
    writeSync(appending, note)
    fsyncSync(appending)
  } finally {
    closeSync(appending)
  }
}

/** All whole notes from the first one on, a piece of the file at a time. */
export async function* readNotes(path: string): AsyncGenerator<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (!file) return
  try {
    let rest = ''
    for await (const piece of file.createReadStream({ encoding: 'utf8', autoClose: false })) {
      const text: string = rest + piece
      const end = wholeUntil(text)
      yield* splitOrExplain(text.slice(0, end), path)
      rest = text.slice(end)
      if (rest.length > mostBytes) throw damaged(path)
    }
  } finally {
    await file.close()
  }
}

function create(path: string): number {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'ax+', 0o600)
  syncFolder(path)
  return file
}

function readEnd(file: number, path: string): { note: string | undefined; end: number } {
  const { size } = fstatSync(file)
  const from = Math.max(0, size - 2 * mostBytes)
  const bytes = Buffer.alloc(size - from)
  readSync(file, bytes, 0, bytes.length, from)
  // One character a byte, so that places in the text are places in the file.
  const text = bytes.toString('latin1')
  const end = wholeUntil(text, signatureLine.latin1)
  if (text.length - end > mostBytes) throw damaged(path)
  if (end === 0) return { note: undefined, end: 0 }
  const before = wholeUntil(text.slice(0, end - 1), signatureLine.latin1)
  const note = bytes.toString('utf8', before, end)
  return { note: splitOrExplain(note, path).at(-1), end: from + end }
}

// A note ends with the line of its signature, and only such a line begins with a dash.
const signatureLine = { utf8: '\n— ', latin1: Buffer.from('\n— ').toString('latin1') }

/** Where the last whole note ends. */
function wholeUntil(text: string, line = signatureLine.utf8): number {
  for (let begin = text.lastIndexOf(line); begin >= 0; begin = text.lastIndexOf(line, begin - 1)) {
    const end = text.indexOf('\n', begin + 1)
    if (end >= 0) return end + 1
    if (begin === 0) return 0
  }
  return 0
}

function splitOrExplain(text: string, path: string): string[] {
  try {
    return splitNotes(text)
  } catch {
    throw damaged(path)
  }
}

function damaged(path: string): CheckpointFileError {
  return new CheckpointFileError(`The checkpoints in ${path} are damaged: put the file back from your backup.`)
}

function openUnlessMissing(path: string, flags: string): number | undefined {
  try {
    return openSync(path, flags)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
