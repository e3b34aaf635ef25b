import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { unprovision } from '#server/database/provision.ts'
import { loginAs } from '#server/database/server.ts'
import { countLeftOver, type LeftOver } from '#server/features/workspaces/left-over.ts'
import { underHold } from '#server/features/workspaces/legal-hold.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** Deletes a workspace with everything in it, now. Resumable: what a killed run leaves, `finishDeleting` does. */
export async function deleteWorkspaceNow(services: Services, slug: string): Promise<LeftOver> {
  const marked = await services.platform.db
    .updateTable('workspace')
    .set({ status: 'deleting' })
    .where('slug', '=', slug)
    .where('status', '<>', 'creating')
    .where('legal_hold', '=', false)
    .returning(columns)
    .executeTakeFirst()
  if (!marked) throw await refusal(services, slug)
  return removeWorkspace(services, marked)
}

async function refusal({ platform }: Services, slug: string) {
  const row = await platform.db.selectFrom('workspace').select('legal_hold').where('slug', '=', slug).executeTakeFirst()
  return row?.legal_hold ? underHold() : problem('not-found', `There is no workspace "${slug}".`)
}

/**
 * Deletes the workspaces whose time has come, and finishes the deletions that a killed process began. A legal hold puts
 * it off until it ends. Idempotent.
 */
export async function finishDeleting(services: Services): Promise<void> {
  const { db } = services.platform
  await db
    .updateTable('workspace')
    .set({ status: 'deleting' })
    .where('delete_at', '<=', services.clock.now().toString())
    .where('status', 'in', ['active', 'broken'])
    .where('legal_hold', '=', false)
    .execute()
  const rows = await db.selectFrom('workspace').select(columns).where('status', '=', 'deleting').execute()
  for (const row of rows) {
    await removeWorkspace(services, row).catch(error =>
      services.log.error({ err: error, workspace: row.id }, 'a deleted workspace could not be removed'),
    )
  }
}

const columns = ['id', 'slug', 'schema', 'delete_at as deleteAt'] as const
type Doomed = { id: string; slug: string; schema: string; deleteAt: string | null }

// The directory entry goes last: as long as it is there, the slug is taken and the schedule knows what is left.
async function removeWorkspace(services: Services, doomed: Doomed): Promise<LeftOver> {
  const { database, keys, workspaceKeys, platform, storage, workspaces, clock } = services
  const { id, slug, schema, deleteAt } = doomed
  // First of all: from here on nobody opens what was sealed for it, in whatever backup it is.
  workspaceKeys.destroy(id)
  workspaces.forget(schema)
  const login = loginAs(database.server, keys, 'kontor_provisioner')
  await database.connections.lendOnce('kontor_provisioner', login, client => unprovision(client, schema))
  await storage.removeAll(schema)
  await removeJobs(services, id)
  const leftOver = await countLeftOver(services, { id, schema })
  await platform.transact(async db => {
    const gone = await db
      .deleteFrom('workspace')
      .where('id', '=', id)
      .where('status', '=', 'deleting')
      .returning('id')
      .executeTakeFirst()
    if (!gone) return
    const record = { id, slug_sha256: slugDigest(slug), schema, asked_at: deleteAt && askedAt(deleteAt) }
    await db
      .insertInto('deleted_workspace')
      .values({ ...record, deleted_at: clock.now().toString(), left_over: JSON.stringify(leftOver) })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  })
  workspaces.forget(schema)
  return leftOver
}

// One that runs ends by itself, because its workspace is gone: it is waited for.
async function removeJobs({ jobs }: Services, id: string): Promise<void> {
  const until = performance.now() + jobPatienceMs
  for (;;) {
    await jobs.removeOf(id)
    if ((await jobs.countOf(id)) === 0 || performance.now() > until) return
    await wait(200)
  }
}

const jobPatienceMs = 10_000

function askedAt(deleteAt: string): string {
  return Temporal.Instant.from(deleteAt)
    .subtract({ hours: 30 * 24 })
    .toString()
}

/** By what a deletion is found again by whoever knows the address that the workspace had. */
export function slugDigest(slug: string): Buffer {
  return createHash('sha256').update(slug).digest()
}
