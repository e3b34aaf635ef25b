import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { openCheckpoint, originOf, signCheckpoint as signTree } from '#server/audit-log/checkpoint.ts'
import type { SigningKey, VerifierKey } from '#server/audit-log/note.ts'
import type { AuditKeys } from '#server/audit-log/signing-key.ts'
import { KeysError } from '#server/crypto/keys.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { auditProblem } from '#server/features/audit/audit-problems.ts'
import { appendNote, checkpointPath } from '#server/features/audit/checkpoint-file.ts'
import { proveGrowth } from '#server/features/audit/consistency.ts'
import { sealEvents } from '#server/features/audit/seal.ts'
import { findNewestCheckpoint, tileReader } from '#server/features/audit/tree-queries.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

/** A signed tree: its number of leaves, its root, and the note that says so. */
export type Checkpoint = { size: number; root: Buffer; note: string }

/**
 * Seals what is settled, then signs the tree unless that was done, and keeps the checkpoint in the file before it is in
 * the database. Refused (`audit-inconsistent`) unless the tree has grown from those that were signed before.
 * @param patienceMs how long it waits for transactions that hold up what has happened before.
 */
export async function signCheckpoint(
  services: Services,
  workspace: WorkspaceAddress,
  patienceMs = 0,
): Promise<Checkpoint> {
  const until = performance.now() + patienceMs
  while ((await sealEvents(services, workspace)).left === 'unsettled' && performance.now() < until) await wait(lookMs)
  const signed = await services.workspaces.system(workspace, db => signSealed(services, workspace, db))
  if ('note' in signed) return signed
  services.log.error({ workspace: workspace.id }, `no checkpoint was signed: ${signed.broken}`)
  throw auditProblem('audit-inconsistent', `${signed.broken} The operator can tell more by \`kontor doctor\`.`)
}

/** The checkpoint that was signed over exactly so many leaves. */
export async function checkpointOf(services: Services, workspace: WorkspaceAddress, size: number): Promise<Checkpoint> {
  const found = await services.workspaces.system(workspace, db =>
    db.selectFrom('audit_checkpoint').select('note').where('size', '=', size).executeTakeFirst(),
  )
  if (!found) throw auditProblem('not-found', `No checkpoint was signed over ${size} events.`)
  return { size, root: openCheckpoint(found.note, services.auditKeys.known()).root, note: found.note }
}

/** For an export, which is to hold what its reader has just seen. A write takes milliseconds. */
export const exportPatienceMs = 2_000
const lookMs = 50
const laterMs = 60_000

/** Has a checkpoint signed in a minute, unless that is going to happen sooner: so there is one a minute at most. */
export async function signCheckpointLater({ jobs }: Services, workspaceId: string): Promise<void> {
  const key = `sign-audit-checkpoint/${workspaceId}`
  await jobs.add('sign-audit-checkpoint', { workspaceId }, { key, queue: key, delayMs: laterMs })
}

/** The job. What cannot be signed stays so until somebody looks: it is in the log, and in the status. */
export async function signAuditCheckpoint(
  services: Services,
  { workspaceId }: JobPayloads['sign-audit-checkpoint'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!workspace || signal.aborted) return
  await signCheckpoint(services, workspace).catch((error: unknown) => {
    if (!isInconsistent(error)) throw error
  })
}

function isInconsistent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'audit-inconsistent'
}

/** Under the workspace's lock, so that two processes never sign two trees of one size. */
async function signSealed(
  { auditKeys, config }: Services,
  { id }: WorkspaceAddress,
  db: Kysely<WorkspaceTables>,
): Promise<Checkpoint | { broken: string }> {
  const key = usableKey(auditKeys)
  if ('broken' in key) return key
  const { size } = await db
    .selectFrom('workspace')
    .select('sealed_size as size')
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const path = checkpointPath(config.dataDir, id)
  const readTile = tileReader(() => db.selectFrom('audit_tile'))
  const newest = await findNewestCheckpoint(() => db.selectFrom('audit_checkpoint'))
  const found = await proveGrowth(
    { size, readTile },
    { workspaceId: id, database: newest?.note, path, keys: key.known },
  )
  if ('broken' in found) return found
  const { root, inFile } = found
  const isThere = newest?.size === size
  const note = isThere ? newest.note : signTree({ origin: originOf(key.signing, id), size, root }, key.signing)
  if (inFile?.size !== size) appendNote(path, note)
  if (!isThere) await sql`insert into audit_checkpoint (size, note) values (${size}, ${note})`.execute(db)
  return { size, root, note }
}

function usableKey(keys: AuditKeys): { signing: SigningKey; known: VerifierKey[] } | { broken: string } {
  try {
    return { signing: keys.signing(), known: keys.known() }
  } catch (error) {
    if (!(error instanceof KeysError)) throw error
    return { broken: error.message }
  }
}
