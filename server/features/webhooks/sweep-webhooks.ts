import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { trimDeliveries } from '#server/features/webhooks/keep-attempt.ts'
import type { Services } from '#server/services.ts'

const daysOfDeliveries = 30

/**
 * Removes deliveries that are too old or too many, and secrets that sign no more. Calls the job of what waits to be sent
 * again, should that have been lost.
 */
export async function sweepWebhooks(services: Services, workspace: WorkspaceAddress): Promise<void> {
  const { workspaces, clock, jobs } = services
  const now = clock.now()
  const before = now.subtract({ hours: daysOfDeliveries * 24 }).toString()
  const waiting = await workspaces.system(workspace, async db => {
    await db
      .updateTable('webhook')
      .set({ previous_secret: null, previous_until: null })
      .where('previous_until', '<=', now.toString())
      .execute()
    await db
      .deleteFrom('webhook_delivery')
      .where('created_at', '<', before)
      .where('status', 'in', ['delivered', 'given_up'])
      .execute()
    for (const { id } of await db.selectFrom('webhook').select('id').execute()) await trimDeliveries(db, id)
    // The index is webhook_delivery_pending.
    const pending = db.selectFrom('webhook_delivery').select('webhook_id').where('status', '=', sql.lit('pending'))
    return pending.distinct().execute()
  })
  for (const { webhook_id: webhookId } of waiting) {
    const queue = `replay-deliveries/${webhookId}`
    await jobs.add('replay-deliveries', { workspaceId: workspace.id, webhookId }, { key: queue, queue })
  }
}
