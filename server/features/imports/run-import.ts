import { sql } from 'kysely'
import pg from 'pg'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { ImportResult } from '#server/features/imports/import.ts'
import { type ImportPlan, type ImportProblem, importLimits } from '#server/features/imports/import-plan.ts'
import { parseFile, readWhole, UnreadableFileError, unknownFormat } from '#server/features/imports/parse-file.ts'
import { reportFailure } from '#server/features/imports/report.ts'
import { findMissingRights } from '#server/features/imports/rights.ts'
import { writePlan } from '#server/features/imports/write-plan.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

/**
 * Runs an import: everything of the file in one transaction with the word that it is done, so that a run that was
 * killed has left nothing, and a second one after the commit finds nothing to do.
 */
export async function runImport(
  services: Services,
  { workspaceId, importId }: JobPayloads['run-import'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await findWorkspace(services, workspaceId)
  if (!workspace) return
  const begun = await claim(services, workspace, importId)
  if (begun) {
    const failure = await attempt(services, { workspace, begun, signal })
    if (failure) await fail(services, { workspace, importId, result: failure })
    services.events.wake(workspace.schema)
  }
  await services.storage.remove(workspace.schema, importId)
}

const mostAttempts = 5

/** Undefined: it is deleted, and its imports with it. One that is set aside is tried again later. */
async function findWorkspace({ platform }: Services, id: string): Promise<WorkspaceAddress | undefined> {
  const found = await platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey', 'status'])
    .where('id', '=', id)
    .where('status', '<>', 'deleting')
    .executeTakeFirst()
  if (found && found.status !== 'active') throw new Error(`the workspace of the import is ${found.status}`)
  return found
}

type Begun = NonNullable<Awaited<ReturnType<typeof claim>>>

/** The import to run, or undefined: it has ended before, or never came to be. */
function claim({ workspaces }: Services, workspace: WorkspaceAddress, importId: string) {
  return workspaces.system(workspace, db =>
    db
      .updateTable('import')
      .set(eb => ({ status: 'running', attempts: eb('attempts', '+', 1), done_count: 0 }))
      .where('id', '=', importId)
      .where('status', 'in', ['waiting', 'running'])
      .returning(['id', 'member_id', 'token_id', 'format', 'file_name', 'mapping', 'project_id', 'attempts'])
      .executeTakeFirst(),
  )
}

type Run = { workspace: WorkspaceAddress; begun: Begun; signal: AbortSignal }

/** Undefined: it is done. What another try could mend is thrown. */
async function attempt(services: Services, { workspace, begun, signal }: Run): Promise<ImportResult | undefined> {
  if (begun.attempts > mostAttempts)
    return refuse('The import was begun five times and never came to its end. Try a smaller file.')
  const read = await readPlan(services, workspace, begun)
  if ('problems' in read) return reportFailure(read.problems)
  const { plan } = read
  if (plan.problems.length > 0) return reportFailure(plan.problems, plan)
  try {
    await write(services, { workspace, begun, signal }, plan)
    return undefined
  } catch (error) {
    const sentence = sentenceFor(error)
    if (sentence === undefined) throw error
    services.log.info({ err: error, import: begun.id }, 'an import was refused')
    return reportFailure([{ message: sentence }], plan)
  }
}

async function readPlan(
  { storage, workspaces }: Services,
  workspace: WorkspaceAddress,
  begun: Begun,
): Promise<{ plan: ImportPlan } | { problems: ImportProblem[] }> {
  try {
    const bytes = await readWhole(storage.read(workspace, begun.id), importLimits.fileBytes)
    const { format, plan } = await parseFile({
      what: 'plan',
      format: begun.format as 'auto',
      bytes,
      fileName: begun.file_name,
      mapping: begun.mapping ?? undefined,
    })
    if (!format || !plan) return { problems: [{ message: unknownFormat }] }
    const total_count = plan.tasks.length + plan.comments.length + plan.timeEntries.length
    await workspaces.system(workspace, db =>
      db.updateTable('import').set({ format, total_count }).where('id', '=', begun.id).execute(),
    )
    return { plan }
  } catch (error) {
    if (error instanceof UnreadableFileError) return { problems: [{ message: error.message }] }
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { problems: [{ message: 'The file is gone: send it again.' }] }
    throw error
  }
}

async function write(services: Services, { workspace, begun, signal }: Run, plan: ImportPlan): Promise<void> {
  const { workspaces, clock } = services
  const credential = await findCredential(services, workspace, begun)
  if (!credential) throw new RefusedError('Whoever began the import is no longer a member.')
  const onBatch = progressOf(services, workspace, begun.id, signal)
  await workspaces.transact(workspace, credential, { requestId: begun.id, job: 'import' }, async (db, database) => {
    const missing = findMissingRights(db.access, plan)
    if (missing.length > 0) throw new RefusedError(missing.join(' '))
    if (begun.project_id)
      await requireOpenProject(
        db.rows('project').where('project.id', '=', begun.project_id).select('archived_at').executeTakeFirst(),
      )
    const result = await writePlan({ db, database }, plan, { projectId: begun.project_id, now: clock.now(), onBatch })
    const { created } = result
    // Of two runs at once, the one that comes second finds no running import here and takes everything back.
    const { numUpdatedRows } = await db
      .update('import', 'write')
      .set({
        status: 'done',
        result: JSON.stringify(result),
        finished_at: sql<string>`now()`,
        done_count: created.tasks + created.comments + created.timeEntries,
        total_count: created.tasks + created.comments + created.timeEntries,
      })
      .where('import.id', '=', begun.id)
      .where('import.status', '=', 'running')
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) throw new Error('another run of this import has ended before')
  })
}

async function findCredential({ workspaces }: Services, workspace: WorkspaceAddress, { member_id, token_id }: Begun) {
  if (!member_id) return undefined
  if (!token_id) return { memberId: member_id }
  const token = await workspaces.system(workspace, db =>
    db.selectFrom('api_token').select('token_hash').where('id', '=', token_id).executeTakeFirst(),
  )
  return token && { tokenHash: token.token_hash }
}

async function requireOpenProject(found: Promise<{ archived_at: string | null } | undefined>): Promise<void> {
  const project = await found
  if (!project) throw new RefusedError('The project is no longer there, or no longer yours to see.')
  if (project.archived_at) throw new RefusedError('The project is archived: it takes no new tasks.')
}

const progressEveryMs = 500

/** For people to look at while the transaction is open: through another connection, if one is free. */
function progressOf({ workspaces, log }: Services, workspace: WorkspaceAddress, importId: string, signal: AbortSignal) {
  let last = 0
  return async (done: number) => {
    signal.throwIfAborted()
    if (Date.now() - last < progressEveryMs) return
    last = Date.now()
    await workspaces
      .system(workspace, db =>
        db
          .updateTable('import')
          .set({ done_count: done })
          .where('id', '=', importId)
          .where('status', '=', 'running')
          .execute(),
      )
      .catch((error: unknown) => log.debug({ err: error }, 'the progress of an import was not noted'))
  }
}

/** What no further try would change; the message is for people. */
class RefusedError extends Error {
  override name = 'RefusedError'
}

function sentenceFor(error: unknown): string | undefined {
  if (error instanceof RefusedError) return error.message
  if (error instanceof ProblemError) {
    if (error.status >= 500 || error.status === 429) return undefined
    if (error.code === 'not-found' || error.code === 'not-signed-in')
      return 'Whoever began the import is no longer an active member, or its API token is no longer good.'
    return error.code === 'forbidden'
      ? 'Whoever began the import may not write all that the file holds.'
      : error.message
  }
  // Values that the database does not take: they would not fit the next time either. A name taken meanwhile would.
  const refused = error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '') && error.code !== '23505'
  return refused ? 'The database does not take what the file holds.' : undefined
}

const refuse = (message: string) => reportFailure([{ message }])

async function fail(
  { workspaces }: Services,
  { workspace, importId, result }: { workspace: WorkspaceAddress; importId: string; result: ImportResult },
): Promise<void> {
  await workspaces.system(workspace, db =>
    db
      .updateTable('import')
      .set({ status: 'failed', result: JSON.stringify(result), finished_at: sql`now()`, done_count: 0 })
      .where('id', '=', importId)
      .where('status', '=', 'running')
      .execute(),
  )
}
