import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { AuditFilters } from '#server/features/audit/audit-filters.ts'
import { checkpointOf, exportPatienceMs, signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import type { ExportFormat } from '#server/features/audit-exports/audit-export.ts'
import { type Kept, readPartial } from '#server/features/audit-exports/partial-file.ts'
import { type AsExporter, countLeaves } from '#server/features/audit-exports/read-leaves.ts'
import { requirePlan } from '#server/features/audit-exports/require-exporter.ts'
import { writeAuditExport } from '#server/features/audit-exports/write-audit-export.ts'
import { fieldProblem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

type Order = {
  workspace: WorkspaceAddress
  format: ExportFormat
  filters: AuditFilters
  output: string
  /** Goes on with what an earlier run has left. */
  resume: boolean
  onProgress: (done: number, total: number) => void
}
export type ExportedFile = { size: number; count: number; sizeBytes: number; sha256: string; resumedAt: number }

/**
 * Writes an export for the operator. Until it is whole and on disk it is `<output>.partial`; a run that goes on with one
 * reads again what is there, keeps what is whole, and writes the rest for the same tree.
 */
export async function exportToFile(services: Services, order: Order): Promise<ExportedFile> {
  const { workspace, format, filters, output } = order
  await requirePlan(services, workspace)
  const partial = `${output}.partial`
  const kept = order.resume ? await readKept(partial, order) : undefined
  const checkpoint = kept?.header
    ? await checkpointOf(services, workspace, Number(kept.header.size))
    : await signCheckpoint(services, workspace, exportPatienceMs)
  const range = { from: 0, size: checkpoint.size, filters }
  const as: AsExporter = work => services.workspaces.system(workspace, db => work(() => db.selectFrom('audit_event')))
  const count = await countLeaves(as, range)
  // A place that cannot be written to is found before the history tells of an export.
  await (await open(partial, 'a', 0o600)).close()
  if (!kept) await tell(services, workspace, { format, filters, count, size: range.size })
  const content = writeAuditExport(services, {
    ...{ workspace, format, range, checkpoint, count, as, kept },
    signal: new AbortController().signal,
    onProgress: async done => order.onProgress((kept?.events ?? 0) + done, count),
  })
  const sha256 = await append(partial, kept, content)
  await sync(partial)
  await rename(partial, output)
  const sizeBytes = (await stat(output)).size
  return { size: range.size, count, sizeBytes, sha256, resumedAt: kept?.bytes ?? 0 }
}

async function readKept(partial: string, { workspace, format, filters }: Order): Promise<Kept | undefined> {
  const kept = await readPartial(partial, format).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!kept?.header) return kept
  const { workspace: of, filters: by } = kept.header as { workspace?: { id?: string }; filters?: unknown }
  const asked = Object.keys(filters).length === 0 ? null : filters
  if (of?.id === workspace.id && JSON.stringify(by) === JSON.stringify(asked)) return kept
  throw fieldProblem('/resume', `${partial} is of another export: remove it, or give its workspace and filters.`)
}

async function append(partial: string, kept: Kept | undefined, content: AsyncGenerator<Buffer>): Promise<string> {
  const hash = kept?.hash.copy() ?? createHash('sha256')
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  if (kept) await truncate(partial, kept.bytes)
  const file = createWriteStream(partial, { flags: kept ? 'a' : 'w', mode: 0o600 })
  await pipeline(Readable.from(content, { objectMode: false }), meter, file)
  return hash.digest('hex')
}

async function truncate(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(bytes)
  } finally {
    await file.close()
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function tell({ workspaces, events }: Services, workspace: WorkspaceAddress, facts: object): Promise<void> {
  await workspaces.system(
    workspace,
    db => sql`select record_audit_action_:schema('exported', ${JSON.stringify(facts)}::text::jsonb)`.execute(db),
    'command-line',
  )
  events.wake(workspace.schema)
}
