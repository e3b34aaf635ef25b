import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { trimDeliveries } from '#server/features/webhooks/keep-attempt.ts'
import type { Services } from '#server/services.ts'

const daysOfDeliveries = 30

/** Removes deliveries that are too old or too many, and secrets that sign no more. */
export async function sweepWebhooks({ workspaces, clock }: Services, workspace: WorkspaceAddress): Promise<void> {
  const now = clock.now()
  const before = now.subtract({ hours: daysOfDeliveries * 24 }).toString()
  await workspaces.system(workspace, async db => {
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
  })
}
