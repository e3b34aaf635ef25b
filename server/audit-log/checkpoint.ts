import { decodeBase64 } from './base64.ts'
import { NoteError, openNote, type SigningKey, signNote, type VerifierKey, type VerifierKeys } from './note.ts'

/** How many leaves the tree of an origin had, and their root (https://c2sp.org/tlog-checkpoint). */
export type Checkpoint = { origin: string; size: number; root: Buffer }

/** The text that is signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`
  parseCheckpoint(text)
  return text
}

/** @throws NoteError at anything that Kontor does not write, extension lines too: nobody could check what they say. */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin = '', digits = '', encoded] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n$/.exec(text) ?? []
  const root = decodeBase64(encoded, 32)
  const size = Number(digits)
  if (!origin || !root || !Number.isSafeInteger(size)) throw new NoteError('This is not a checkpoint of an audit log.')
  return { origin, size, root }
}

/** The origin of a workspace's tree. */
export function originOf(key: VerifierKey, workspaceId: string): string {
  return `${key.name}/${workspaceId}`
}

export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): string {
  return signNote(formatCheckpoint(checkpoint), key)
}

/** Whether it is the origin of that workspace's tree, by the name of any of these keys. */
export function isOriginOf(origin: string, keys: VerifierKeys, workspaceId: string): boolean {
  return [keys].flat().some(key => origin === originOf(key, workspaceId))
}

/** @throws NoteError unless one of these keys signed it. */
export function openCheckpoint(note: string, keys: VerifierKeys): Checkpoint {
  return parseCheckpoint(openNote(note, keys))
}
