import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Checkpoint } from '#server/features/audit/index.ts'
import type { ExportFormat } from '#server/features/audit-exports/audit-export.ts'
import { csvHead, csvLine } from '#server/features/audit-exports/csv.ts'
import type { Kept } from '#server/features/audit-exports/partial-file.ts'
import {
  type AsExporter,
  type ExportedEvent,
  type LeafRange,
  readLeaves,
} from '#server/features/audit-exports/read-leaves.ts'
import { shownFilters, writeNdjson } from '#server/features/audit-exports/write-ndjson.ts'
import type { Services } from '#server/services.ts'

export type ExportOrder = {
  workspace: WorkspaceAddress
  format: ExportFormat
  range: LeafRange
  /** Of exactly as many leaves as the range goes to. */
  checkpoint: Checkpoint
  /** How many events were there when it began. */
  count: number
  as: AsExporter
  signal: AbortSignal
  /** What is there already of the same export, and is not written again. */
  kept?: Kept | undefined
  /** Told after each page how many events are written. What it throws ends the export. */
  onProgress?: (done: number) => Promise<void>
}

/** Retention has removed events while they were exported: what is written no longer says of each leaf where its event is. */
export class RemovedMeanwhileError extends Error {
  override name = 'RemovedMeanwhileError'
}

const chunkLength = 65_536

/** The bytes of an export, as they are asked for: nothing is read ahead of whoever takes them. */
export async function* writeAuditExport(services: Services, order: ExportOrder): AsyncGenerator<Buffer> {
  const pages = pagesOf(order)
  yield* inChunks(order.format === 'csv' ? writeCsv(order, pages) : writeNdjson(services, order, pages))
}

async function* writeCsv({ kept }: ExportOrder, pages: AsyncIterable<ExportedEvent[]>): AsyncGenerator<string> {
  if (!kept) yield csvHead
  for await (const page of pages) for (const { index, event } of page) yield csvLine(index, event)
}

async function* pagesOf(order: ExportOrder): AsyncGenerator<ExportedEvent[]> {
  const { as, range, kept, signal, onProgress } = order
  let done = 0
  for await (const page of readLeaves(as, { ...range, from: kept?.next ?? range.from })) {
    signal.throwIfAborted()
    yield page
    done += page.length
    await onProgress?.(done)
  }
  const isProof = order.format === 'ndjson' && shownFilters(range) === null
  if (isProof && (kept?.events ?? 0) + done !== order.count)
    throw new RemovedMeanwhileError('Events were removed by retention while they were exported: export again.')
}

/** Lines are short: to hand on each by itself would cost more than to write it. */
async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let chunk: string[] = []
  let length = 0
  for await (const line of lines) {
    chunk.push(line)
    length += line.length
    if (length < chunkLength) continue
    yield Buffer.from(chunk.join(''))
    chunk = []
    length = 0
  }
  if (length > 0) yield Buffer.from(chunk.join(''))
}
