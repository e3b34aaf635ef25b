import { sql } from 'kysely'
import pg from 'pg'
import { LeafError } from '#server/audit-log/leaf.ts'
import { asOwner } from '#server/database/as-owner.ts'
import { connectAs } from '#server/database/connect-as.ts'
import { loginAs } from '#server/database/server.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { sealEvents } from '#server/features/audit/seal.ts'
import type { ErasureKind } from '#server/features/audit-erasures/audit-erasure.ts'
import { eraseBatch } from '#server/features/audit-erasures/erase-batch.ts'
import { findPerson, packPerson, unpackPerson } from '#server/features/audit-erasures/person.ts'
import type { Services } from '#server/services.ts'

/** Held: a legal hold began meanwhile. Unsettled: an older transaction still runs, so not all events are sealed. */
export type ErasureState = 'done' | 'failed' | 'missing' | 'held' | 'unsettled' | 'aborted'
type Options = { signal?: AbortSignal; onProgress?: (done: number, total: number) => void }

/**
 * Erases what was asked for from all events that there are when it begins. A batch is one transaction that also says how
 * far it is, so a run that is killed is gone on with by the next, and of two at once one is refused each batch.
 */
export async function eraseEvents(
  services: Services,
  workspace: WorkspaceAddress,
  erasureId: string,
  { signal, onProgress = () => undefined }: Options = {},
): Promise<ErasureState> {
  const owner = <T>(work: Parameters<typeof asOwner<T>>[2]) => asOwner(services, workspace.schema, work)
  const erasure = await find(services, workspace, erasureId)
  if (!erasure) return 'missing'
  if (erasure.status === 'done' || erasure.status === 'failed') return erasure.status
  if (erasure.status === 'waiting') {
    const { left } = await sealEvents(services, workspace, signal ? { signal } : {})
    if (left !== 'nothing') return signal?.aborted ? 'aborted' : 'unsettled'
    const { size } = await owner(db =>
      db.selectFrom('workspace').select('sealed_size as size').executeTakeFirstOrThrow(),
    )
    const person = await findPerson(owner, erasure.memberId, size)
    const known = services.sealer.seal(knownField(workspace, erasureId), packPerson(person))
    await owner(db =>
      db
        .updateTable('audit_erasure')
        .set({ status: 'running', size, known })
        .where('id', '=', erasureId)
        .where('status', '=', 'waiting')
        .execute(),
    )
    return eraseEvents(services, workspace, erasureId, { ...(signal ? { signal } : {}), onProgress })
  }
  const person = unpackPerson(erasure.memberId, services.sealer.open(knownField(workspace, erasureId), erasure.known!))
  try {
    for (;;) {
      if (signal?.aborted) return 'aborted'
      const batch = await owner(db =>
        eraseBatch(db, { id: erasureId, person, what: erasure.what as ErasureKind[] }),
      ).catch(ignoreSecond)
      if (batch === 'held') return 'held'
      if (batch === 'done') break
      onProgress(batch.done, batch.total)
    }
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    await fail(services, workspace, erasureId, error)
    return 'failed'
  }
  await owner(db => sql`select finish_audit_erasure_:schema(${erasureId})`.execute(db))
  services.events.wake(workspace.schema)
  await removeOldVersions(services, workspace.schema)
  return (await find(services, workspace, erasureId))?.status === 'failed' ? 'failed' : 'done'
}

const knownField = ({ id }: WorkspaceAddress, row: string) => ({
  workspace: id,
  column: 'audit_erasure.known' as const,
  row,
})

function find({ workspaces }: Services, workspace: WorkspaceAddress, id: string) {
  return workspaces.system(workspace, db =>
    db
      .selectFrom('audit_erasure')
      .select(['member_id as memberId', 'what', 'status', 'known'])
      .where('id', '=', id)
      .executeTakeFirst(),
  )
}

/** Another process has done this batch: its state is read again. */
function ignoreSecond(error: unknown): { done: number; total: number } {
  if (error instanceof pg.DatabaseError && error.code === '40001') return { done: 0, total: 0 }
  throw error
}

async function fail(services: Services, { schema }: WorkspaceAddress, id: string, error: LeafError): Promise<void> {
  services.log.error({ err: error, erasure: id }, 'an erasure from the history failed')
  const failure = 'An event is not as it was sealed, so nothing of it can be erased: see `kontor audit verify`.'
  await asOwner(services, schema, db =>
    db
      .updateTable('audit_erasure')
      .set({ status: 'failed', failure, known: null, finished_at: sql`now()` })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .execute(),
  )
}

/** What an update leaves behind, in the tables and in what the planner knows of them, goes now and not some day. */
async function removeOldVersions({ database, keys, log }: Services, schema: string): Promise<void> {
  const client = await connectAs(loginAs(database.server, keys, 'kontor_provisioner'))
  try {
    await client.query('set role kontor_owner')
    await client.query(`vacuum (analyze) ${schema}.audit_event, ${schema}.audit_leaf`)
  } catch (error) {
    log.warn({ err: error }, 'what an erasure left in free space is removed by the database in its own time')
  } finally {
    await client.end()
  }
}
