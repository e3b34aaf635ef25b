import { catchUpWithTree } from '#server/features/audit/index.ts'
import { sweepAuditExports } from '#server/features/audit-exports/index.ts'
import { queueMorning } from '#server/features/notifications/queue-morning.ts'
import { sweepWebhooks } from '#server/features/webhooks/index.ts'
import { isAlive } from '#server/http/authentication.ts'
import type { Services } from '#server/services.ts'

const daysOfIdempotency = 1
const daysOfUndeliverableMail = 7
const daysOfFailures = 30
const daysOfKnownDevice = 365
const daysOfEvents = 365
const atOnce = 4

/** Removes what has expired or is too old to be of use, in the platform's tables and in each workspace. Idempotent. */
export async function cleanUp(services: Services, signal: AbortSignal): Promise<void> {
  await cleanPlatform(services)
  const workspaces = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  const before = services.clock
    .now()
    .subtract({ hours: daysOfIdempotency * 24 })
    .toString()
  for (let from = 0; from < workspaces.length && !signal.aborted; from += atOnce) {
    const batch = workspaces.slice(from, from + atOnce).map(workspace =>
      services.workspaces
        .system(workspace, db => db.deleteFrom('idempotency').where('created_at', '<', before).execute())
        .then(() => sweepAuditExports(services, workspace))
        .then(() => sweepWebhooks(services, workspace))
        .then(() => catchUpWithTree(services, workspace))
        .then(() => services.workspaces.system(workspace, db => queueMorning(services, workspace, db)))
        // One that is broken, or was deleted a moment ago, must not keep the others waiting.
        .catch(error => services.log.warn({ err: error, workspace: workspace.id }, 'a workspace was not cleaned up')),
    )
    await Promise.all(batch)
  }
}

async function cleanPlatform(services: Services): Promise<void> {
  const { db } = services.platform
  const now = services.clock.now()
  const since = (days: number) => now.subtract({ hours: days * 24 }).toString()
  for (const table of withExpiry) await db.deleteFrom(table).where('expires_at', '<=', now.toString()).execute()
  await db.deleteFrom('session').where(isAlive(services), '=', false).execute()
  await db.deleteFrom('idempotency').where('created_at', '<', since(daysOfIdempotency)).execute()
  await db.deleteFrom('mail').where('created_at', '<', since(daysOfUndeliverableMail)).execute()
  await db.deleteFrom('known_device').where('last_used_at', '<', since(daysOfKnownDevice)).execute()
  await db.deleteFrom('account_event').where('at', '<', since(daysOfEvents)).execute()
  // What counts in a row for an account does so until a success or a new password, however long that takes.
  await db
    .deleteFrom('sign_in_guard')
    .where('last_failed_at', '<', since(daysOfFailures))
    .where(eb => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', now.toString())]))
    .where(eb => eb.or([eb('account_id', 'is', null), eb('consecutive', '=', 0)]))
    .execute()
}

/** The tables whose rows say themselves until when they are good. */
const withExpiry = [
  'signup',
  'password_reset',
  'email_change',
  'passkey_challenge',
  'sign_on_attempt',
  'rate_limit',
] as const
