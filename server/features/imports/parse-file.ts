import type { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { createSlots } from '#server/crypto/hash-slots.ts'
import type { CsvPreview, ImportFormat, TrelloPreview } from '#server/features/imports/formats/index.ts'
import type { ImportPlan } from '#server/features/imports/import-plan.ts'
import { TooLargeError } from '#server/storage/storage.ts'

export type ParseRequest = {
  what: 'plan' | 'preview'
  format: ImportFormat | 'auto'
  bytes: Uint8Array
  fileName: string
  mapping?: unknown
}
/** `format` is undefined for a file of no known format. */
export type Parsed = { format?: ImportFormat; plan?: ImportPlan; preview?: CsvPreview | TrelloPreview }

/** The file was too much for the thread that read it; the message is for people. */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError'
}

/** Reads a file in a thread of its own, so that 50 MB of it delay nobody. At most two files at a time are read. */
export function parseFile(request: ParseRequest): Promise<Parsed> {
  return inSlot(() => readInThread(request))
}

export const unknownFormat = 'The file is neither a CSV file nor a JSON export of a Trello board or of Asana.'

/** The content of a file. @throws TooLargeError when it holds more than `mostBytes`. */
export async function readWhole(stream: Readable, mostBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) throw new TooLargeError(`more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const inSlot = createSlots({ atOnce: 2, waiting: 10, patienceMilliseconds: 60_000 })
const longestMilliseconds = 120_000
const mostMegabytes = 1_500

function readInThread(request: ParseRequest): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./formats/parse-thread.ts', import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
      execArgv: [],
    })
    const tooMuch = () =>
      reject(new UnreadableFileError('The file is too large or too intricate to be read: split it.'))
    const timer = setTimeout(() => {
      tooMuch()
      void thread.terminate()
    }, longestMilliseconds)
    thread.once('message', resolve)
    thread.once('error', (error: Error) =>
      'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : reject(error),
    )
    thread.once('exit', () => {
      clearTimeout(timer)
      // After an answer or an error this changes nothing.
      tooMuch()
    })
  })
}
