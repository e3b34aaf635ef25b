import { type Checkpoint, openCheckpoint, parseCheckpoint } from '#server/audit-log/checkpoint.ts'
import { NoteError, type VerifierKey } from '#server/audit-log/note.ts'
import { proveConsistency, verifyConsistency } from '#server/audit-log/proofs.ts'
import { type ReadTile, rootAt } from '#server/audit-log/tiles.ts'
import { CheckpointFileError, readNewestNote } from '#server/features/audit/checkpoint-file.ts'

type Tree = { size: number; readTile: ReadTile }
/** The newest checkpoints of a workspace, where they are kept. `path`: the file off the database. `keys`: who may sign. */
type Kept = { workspaceId: string; database: string | undefined; path: string; keys: readonly VerifierKey[] }

export type Consistency =
  | { root: Buffer; inFile: Checkpoint | undefined; inDatabase: Checkpoint | undefined }
  /** Why the tree is not one that grew from what was signed, for people. */
  | { broken: string }

/**
 * Proves that the tree grew from the newest checkpoint that was signed, in the database and in the file: whoever rewrites
 * the database, or puts an older one back, cannot reach both.
 */
export async function proveGrowth({ size, readTile }: Tree, kept: Kept): Promise<Consistency> {
  try {
    const root = await rootAt(size, readTile)
    const inDatabase = read(kept.database, kept.workspaceId)
    const note = readNewestNote(kept.path)
    const inFile = read(note, kept.workspaceId)
    for (const [checkpoint, place] of [
      [inFile, kept.path],
      [inDatabase, 'the database'],
    ] as const) {
      if (!checkpoint) continue
      if (checkpoint.size > size)
        return {
          broken: `The history has ${size} events, but ${checkpoint.size} were signed for in ${place}: events are gone, or an older backup was put back.`,
        }
      const path = await proveConsistency(checkpoint.size, size, readTile)
      if (!verifyConsistency(checkpoint, { size, root }, path))
        return { broken: `The first ${checkpoint.size} events are not those that were signed for in ${place}.` }
    }
    requireSigned(note, kept.path, kept.keys)
    requireSigned(kept.database, 'the database', kept.keys)
    return { root, inFile, inDatabase }
  } catch (error) {
    if (error instanceof CheckpointFileError || error instanceof NoteError) return { broken: error.message }
    // A tile that is not as long as it was tells so.
    if (error instanceof RangeError) return { broken: `The tree of the history is damaged: ${error.message}.` }
    throw error
  }
}

/** Whoever signed it, it was said: a claim more only makes the proof stricter. */
function read(note: string | undefined, workspaceId: string): Checkpoint | undefined {
  if (note === undefined) return undefined
  const checkpoint = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  if (!checkpoint.origin.endsWith(`/${workspaceId}`)) throw new NoteError('A checkpoint is of another workspace.')
  return checkpoint
}

/** One of a key that is not known here shows that the key was changed unnoticed, or its list is not whole. */
function requireSigned(note: string | undefined, place: string, keys: readonly VerifierKey[]): void {
  try {
    if (note !== undefined) openCheckpoint(note, keys)
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new NoteError(`The newest checkpoint in ${place} does not hold. ${error.message}`)
  }
}
