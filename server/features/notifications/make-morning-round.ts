import { morningOf } from '#server/features/notifications/morning.ts'
import { notifyDue } from '#server/features/notifications/notify-due.ts'
import { queueMorning } from '#server/features/notifications/queue-morning.ts'
import { sendDigests } from '#server/features/notifications/send-digests.ts'
import type { JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

/**
 * The job that tells a workspace's members what the clock brings: tasks that are due, and by mail what is unread. It
 * looks at today only, so a server that was off makes up for this morning and for none before. The tables say what
 * was told: a round too many, too early, twice or at once with another does nothing.
 */
export async function makeMorningRound(
  services: Services,
  { workspaceId }: JobPayloads['make-morning-round'],
  signal: AbortSignal,
): Promise<void> {
  const workspace = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!workspace) return
  const today = services.clock.today()
  const isOver = Temporal.Instant.compare(services.clock.now(), morningOf(today)) >= 0
  if (isOver) {
    await notifyDue(services, workspace, today)
    await sendDigests(services, workspace, today, signal)
  }
  const from = isOver ? today.add({ days: 1 }) : today
  await services.workspaces.system(workspace, db => queueMorning(services, workspace, db, from))
}
