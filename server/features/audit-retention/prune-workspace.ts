import { sql } from 'kysely'
import type pg from 'pg'
import { asOwnerOn } from '#server/database/as-owner.ts'
import type { Services } from '#server/services.ts'

// 2,000 events and their leaves go in about 0.3 s on a busy machine: so long the workspace's tree does not grow.
const atOnce = 2_000

type Pruned = { removed: number; dueAt: string | null }

/**
 * Removes from a workspace's history what its plan no longer keeps. A batch is one transaction, with the event that tells
 * of it, so a run that is killed leaves whole batches, and of two at once each takes what the other has left.
 * @param client a connection of `kontor_provisioner`.
 * @returns how many events are gone.
 */
export async function pruneWorkspace(
  services: Services,
  client: pg.Client,
  workspace: { id: string; schema: string },
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0
  // The events that tell of it are read and sealed as any others, also if this process is killed before it wakes anybody.
  const queue = `read-events/${workspace.id}`
  await services.jobs.add(
    'read-events',
    { workspaceId: workspace.id },
    { key: `${queue}/later`, queue, delayMs: 60_000 },
  )
  for (;;) {
    const batch = await pruneBatch(services, client, workspace.schema)
    removed += batch.removed
    if (batch.removed < atOnce || signal?.aborted) {
      await remember(services, workspace.id, batch)
      break
    }
  }
  if (removed > 0) services.events.wake(workspace.schema)
  return removed
}

async function pruneBatch({ clock }: Services, client: pg.Client, schema: string): Promise<Pruned> {
  return asOwnerOn(client, schema, async db => {
    const { rows } = await sql<{ removed: number; due_at: string | null }>`
      select removed, due_at from prune_audit_events_:schema(${atOnce}, ${clock.stoppedAt()}::timestamptz)`.execute(db)
    const [row] = rows
    return { removed: row!.removed, dueAt: row!.due_at }
  })
}

// A batch that was full has left something: that is due now, and so it is looked at again.
async function remember({ platform }: Services, id: string, { removed, dueAt }: Pruned): Promise<void> {
  const value = removed < atOnce ? dueAt : null
  await platform.db.updateTable('workspace').set({ audit_due_at: value }).where('id', '=', id).execute()
}

export type Due = { due: number; days: number; before: string }

/** What `pruneWorkspace` would remove now. */
export async function countDue({ clock }: Services, client: pg.Client, schema: string): Promise<Due> {
  return asOwnerOn(client, schema, async db => {
    const { rows } = await sql<Due>`
      select due, days, before from count_due_audit_events_:schema(${clock.stoppedAt()}::timestamptz)`.execute(db)
    return { ...rows[0]!, before: new Date(rows[0]!.before).toISOString() }
  })
}
