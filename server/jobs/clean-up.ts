import type { Services } from '#server/services.ts'

const hoursOfIdempotency = 24
const daysOfUndeliverableMail = 7
const atOnce = 4

/** Removes what has expired: signups, sessions, answers kept for Idempotency-Key, and mail that nobody took. Idempotent. */
export async function cleanUp(services: Services, signal: AbortSignal): Promise<void> {
  await cleanPlatform(services)
  const workspaces = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  const before = services.clock.now().subtract({ hours: hoursOfIdempotency }).toString()
  for (let from = 0; from < workspaces.length && !signal.aborted; from += atOnce) {
    const batch = workspaces.slice(from, from + atOnce).map(workspace =>
      services.workspaces
        .system(workspace, db => db.deleteFrom('idempotency').where('created_at', '<', before).execute())
        // One that is broken, or was deleted a moment ago, must not keep the others waiting.
        .catch(error => services.log.warn({ err: error, workspace: workspace.id }, 'a workspace was not cleaned up')),
    )
    await Promise.all(batch)
  }
}

async function cleanPlatform({ platform: { db }, clock }: Services): Promise<void> {
  const now = clock.now()
  const since = (hours: number) => now.subtract({ hours }).toString()
  await db.deleteFrom('signup').where('expires_at', '<', now.toString()).execute()
  await db.deleteFrom('session').where('expires_at', '<', now.toString()).execute()
  await db.deleteFrom('idempotency').where('created_at', '<', since(hoursOfIdempotency)).execute()
  await db
    .deleteFrom('mail')
    .where('created_at', '<', since(daysOfUndeliverableMail * 24))
    .execute()
}
