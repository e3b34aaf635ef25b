import { type Selectable, sql } from 'kysely'
import type { PlatformTables } from '#server/database/tables.gen.ts'
import { ownersAlone } from '#server/features/security-events/security-event.ts'
import { networkOf } from '#server/http/network.ts'
import type { Services } from '#server/services.ts'

const atOnce = 100

/** Writes what was recorded of accounts into the history of their workspaces. Idempotent: an event has one id everywhere. */
export async function tellSecurityEvents(services: Services): Promise<void> {
  for (;;) {
    const waiting = await services.platform.db
      .selectFrom('account_event')
      .selectAll()
      .where('spread_at', 'is', null)
      .orderBy('id')
      .limit(atOnce)
      .execute()
    for (const event of waiting) await tell(services, event)
    if (waiting.length < atOnce) return
  }
}

async function tell(services: Services, event: Selectable<PlatformTables['account_event']>): Promise<void> {
  const { platform, workspaces, clock, log } = services
  const memberships = ownersAlone.has(event.kind) ? [] : await membershipsOf(services, event.account_id)
  const facts = JSON.stringify({ network: networkOf(event.address ?? '') || null, ...(event.details as object) })
  for (const { memberId, ...workspace } of memberships) {
    await workspaces
      .system(workspace, db =>
        sql`select record_account_event(${event.id}, ${memberId}, ${event.kind}, ${event.at}, ${facts})`.execute(db),
      )
      // One that is broken must not keep the others, or the owner, from hearing of it.
      .catch(error => log.warn({ err: error, workspace: workspace.id }, 'a workspace was not told of a security event'))
  }
  await platform.db
    .updateTable('account_event')
    .set({ spread_at: clock.now().toString() })
    .where('id', '=', event.id)
    .execute()
}

function membershipsOf({ platform }: Services, accountId: string) {
  return platform.db
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
    .select([
      'workspace.id',
      'workspace.slug',
      'workspace.schema',
      'workspace.login_key as loginKey',
      'membership.member_id as memberId',
    ])
    .where('membership.account_id', '=', accountId)
    .where('workspace.status', '=', 'active')
    .execute()
}
