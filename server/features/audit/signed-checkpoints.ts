import { isOriginOf, openCheckpoint } from '#server/audit-log/checkpoint.ts'
import type { Problem } from '#server/audit-log/export-problems.ts'
import { rangeText } from '#server/audit-log/export-problems.ts'
import { NoteError, type VerifierKeys } from '#server/audit-log/note.ts'
import { CheckpointFileError, readNotes } from '#server/features/audit/checkpoint-file.ts'
import type { ReadWorkspace } from '#server/features/audit/tree-queries.ts'

type Signed = { size: number; note: string; place: 'database' | 'file' }
type Where = { read: ReadWorkspace; path: string; keys: VerifierKeys; workspaceId: string }

/** Holds each checkpoint of the database and of the file against the tree, as it grows from the first leaf on. */
export async function followCheckpoints(where: Where) {
  const sources = [tableOf(where.read), fileOf(where.path)]
  const heads = await Promise.all(sources.map(source => source.next()))
  const found = { inDatabase: 0, inFile: 0, last: undefined as Signed | undefined }
  return { found, nextSize, hold, takeNext, close }

  /** Lets go of the file, however far it was read. */
  async function close(): Promise<void> {
    await Promise.all(sources.map(source => source.return(undefined)))
  }

  /** The size of the next one that was not held against the tree yet. */
  function nextSize(): number {
    return Math.min(...heads.map(head => (head.done ? Number.POSITIVE_INFINITY : head.value.size)))
  }

  async function takeNext(): Promise<Signed | undefined> {
    const size = nextSize()
    const place = heads.findIndex(head => !head.done && head.value.size === size)
    const head = heads[place]
    if (!head || head.done) return undefined
    const taken: Signed = head.value
    heads[place] = await sources[place]!.next()
    return taken
  }

  /** The next one is of as many leaves as the tree has now, which have this root. */
  async function hold(root: Buffer): Promise<Problem | undefined> {
    const signed = (await takeNext())!
    const wrong = judge(signed, root)
    if (wrong) return wrong
    found[signed.place === 'file' ? 'inFile' : 'inDatabase']++
    found.last = signed
    return undefined
  }

  function judge({ size, note, place }: Signed, root: Buffer): Problem | undefined {
    try {
      const said = openCheckpoint(note, where.keys)
      if (!isOriginOf(said.origin, where.keys, where.workspaceId) || said.size !== size)
        return { kind: 'signature', sentence: `A checkpoint ${inPlace(place)} is of another history.` }
      if (said.root.equals(root)) return undefined
      const range = [found.last?.size ?? 0, size - 1] as const
      const sentence =
        `The first ${size} events are not those that were signed for ${inPlace(place)}: ` +
        `something of ${rangeText(range)} was changed, and the tree made anew.`
      return { kind: place === 'file' ? 'kept' : 'root', sentence, range }
    } catch (error) {
      if (!(error instanceof NoteError)) throw error
      return {
        kind: 'signature',
        sentence: `A checkpoint of ${size} events ${inPlace(place)} does not hold. ${error.message}`,
      }
    }
  }
}

export function inPlace(place: Signed['place']): string {
  return place === 'file' ? 'in the file beside the database' : 'in the database'
}

const atOnce = 500

async function* tableOf(read: ReadWorkspace): AsyncGenerator<Signed, undefined> {
  for (let after = -1; ; ) {
    const rows = await read(db =>
      db
        .selectFrom('audit_checkpoint')
        .select(['size', 'note'])
        .where('size', '>', after)
        .orderBy('size')
        .limit(atOnce)
        .execute(),
    )
    for (const row of rows) yield { ...row, place: 'database' }
    if (rows.length < atOnce) return
    after = rows.at(-1)!.size
  }
}

async function* fileOf(path: string): AsyncGenerator<Signed, undefined> {
  let last = 0
  for await (const note of readNotes(path)) {
    const size = Number(note.split('\n')[1])
    if (!(size >= last)) throw new CheckpointFileError(`The checkpoints in ${path} are not in order.`)
    last = size
    yield { size, note, place: 'file' }
  }
}
