import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { checkpointOf, exportPatienceMs, signCheckpoint } from '#server/features/audit/index.ts'
import { daysKept, type ExportFormat } from '#server/features/audit-exports/audit-export.ts'
import { findExporter } from '#server/features/audit-exports/find-exporter.ts'
import { countLeaves } from '#server/features/audit-exports/read-leaves.ts'
import { requirePlan } from '#server/features/audit-exports/require-exporter.ts'
import { tellReady } from '#server/features/audit-exports/tell-ready.ts'
import { RemovedMeanwhileError, writeAuditExport } from '#server/features/audit-exports/write-audit-export.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'
import { TooLargeError } from '#server/storage/storage.ts'

const mostAttempts = 5
const mostBytes = 64 * 2 ** 30
const progressEveryMs = 500

/**
 * Makes the file of an export. Each attempt writes one of its own, which counts only once it is whole: a run that was
 * killed has left nothing that anybody can read, and of two at once the later one counts.
 */
export async function runAuditExport(
  services: Services,
  { workspaceId, exportId }: JobPayloads['run-audit-export'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await findWorkspace(services, workspaceId)
  const begun = workspace && (await claim(services, workspace, exportId))
  if (!begun) return
  try {
    if (begun.attempts > mostAttempts) throw new RefusedError('It was begun five times and never came to its end.')
    await make(services, { workspace, begun, signal })
  } catch (error) {
    const failure = sentenceFor(error)
    if (failure === undefined) throw error
    if (failure !== '') await fail(services, { workspace, begun, signal }, failure)
  }
  services.events.wake(workspace.schema)
}

function findWorkspace({ platform }: Services, id: string): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
}

type Begun = NonNullable<Awaited<ReturnType<typeof claim>>>

/** Undefined: it has ended, or was deleted. */
function claim({ workspaces }: Services, workspace: WorkspaceAddress, exportId: string) {
  return workspaces.system(workspace, db =>
    db
      .updateTable('audit_export')
      .set(eb => ({ status: 'running', attempts: eb('attempts', '+', 1), done_count: 0 }))
      .where('id', '=', exportId)
      .where('status', 'in', ['waiting', 'running'])
      .returning([
        'id',
        'format',
        'filters',
        'from_index as from',
        'size',
        'total_count as totalCount',
        'attempts',
        'member_id as memberId',
        'token_id as tokenId',
        'schedule_id as scheduleId',
      ])
      .executeTakeFirst(),
  )
}

type Run = { workspace: WorkspaceAddress; begun: Begun; signal: AbortSignal }

async function make(services: Services, run: Run): Promise<void> {
  const { workspace, begun, signal } = run
  await requirePlan(services, workspace)
  const exporter = await findExporter(services, workspace, begun)
  const checkpoint =
    begun.size === null
      ? await signCheckpoint(services, workspace, exportPatienceMs)
      : await checkpointOf(services, workspace, begun.size)
  const range = { from: begun.from, size: checkpoint.size, filters: begun.filters as object }
  const count = begun.totalCount ?? (await countLeaves(exporter.as, range))
  if (begun.totalCount === null) await exporter.tell(range.size, count)
  const format = begun.format as ExportFormat
  const content = writeAuditExport(services, {
    ...{ workspace, format, range, checkpoint, count, as: exporter.as, signal },
    onProgress: progressOf(services, run),
  })
  const fileId = uuid7()
  try {
    const { sizeBytes, sha256 } = await services.storage.keep(
      workspace,
      fileId,
      Readable.from(content, { objectMode: false }),
      mostBytes,
    )
    await finish(services, run, { file_id: fileId, size_bytes: sizeBytes, sha256 })
  } catch (error) {
    await services.storage.remove(workspace.schema, fileId)
    if (error instanceof RemovedMeanwhileError) await forgetTree(services, run)
    throw error
  }
}

/** The next attempt exports a newer tree, in which it says what was removed. A schedule's leaves stay those of its turn. */
async function forgetTree({ workspaces }: Services, { workspace, begun }: Run): Promise<void> {
  const forgotten = begun.scheduleId === null ? { size: null, total_count: null } : { total_count: null }
  await workspaces.system(workspace, db => db.updateTable('audit_export').set(forgotten).where(isMine(begun)).execute())
}

/** For people to look at. It also sees that the export was deleted, or that a later attempt has taken over. */
function progressOf({ workspaces }: Services, { workspace, begun, signal }: Run) {
  let last = performance.now()
  return async (done: number) => {
    signal.throwIfAborted()
    if (performance.now() - last < progressEveryMs) return
    last = performance.now()
    const { numUpdatedRows } = await workspaces.system(workspace, db =>
      db.updateTable('audit_export').set({ done_count: done }).where(isMine(begun)).executeTakeFirst(),
    )
    if (numUpdatedRows !== 1n) throw new AbandonedError('the export is no longer wanted')
  }
}

const isMine = ({ id, attempts }: Begun) => sql<boolean>`(id = ${id} and status = 'running' and attempts = ${attempts})`

type File = { file_id: string; size_bytes: number; sha256: string }

async function finish(services: Services, { workspace, begun }: Run, file: File): Promise<void> {
  const now = services.clock.now()
  const days = begun.scheduleId === null ? daysKept.onRequest : daysKept.scheduled
  const finished_at = now.toString()
  const expires_at = now.add({ hours: days * 24 }).toString()
  await services.workspaces.system(
    workspace,
    async db => {
      const made = await db
        .updateTable('audit_export')
        .set({
          status: 'done',
          slot: null,
          ...file,
          finished_at,
          expires_at,
          done_count: sql`coalesce(total_count, 0)`,
        })
        .where(isMine(begun))
        .returning(['id', 'format', 'from_index', 'size', 'size_bytes', 'sha256', 'expires_at', 'schedule_id'])
        .executeTakeFirst()
      if (!made) throw new AbandonedError('the export is no longer wanted')
      if (made.schedule_id !== null) await tellReady(services, workspace, db, made as Parameters<typeof tellReady>[3])
    },
    'audit-export',
  )
}

async function fail({ workspaces, clock }: Services, { workspace, begun }: Run, failure: string): Promise<void> {
  const now = clock.now()
  await workspaces.system(workspace, db =>
    db
      .updateTable('audit_export')
      .set({
        ...{ status: 'failed', slot: null, failure, done_count: 0 },
        finished_at: now.toString(),
        expires_at: now.add({ hours: daysKept.onRequest * 24 }).toString(),
      })
      .where(isMine(begun))
      .execute(),
  )
}

/** What no further attempt would change; the message is for people. */
class RefusedError extends Error {
  override name = 'RefusedError'
}
class AbandonedError extends Error {
  override name = 'AbandonedError'
}

/** Undefined: another attempt may mend it. Empty: nobody is left to be told. */
function sentenceFor(error: unknown): string | undefined {
  if (error instanceof AbandonedError) return ''
  if (error instanceof RefusedError) return error.message
  if (error instanceof TooLargeError) return 'The file would be too large: export less at a time, by filters.'
  if (error instanceof ProblemError && error.code === 'audit-inconsistent') return error.message
  if (!(error instanceof ProblemError) || error.status >= 500 || error.status === 429) return undefined
  if (error.code === 'plan-required') return error.message
  return 'Whoever asked for it may no longer export the history.'
}
