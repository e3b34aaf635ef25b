import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import type { Services } from '#server/services.ts'

/**
 * Tells the owner of a token that it was used in a network that is new to it: in their own list of security events, and
 * by mail. The workspace's history has it already. Idempotent, because it keeps the id that it has there.
 */
export async function tellOwner(services: Services, workspace: WorkspaceAddress, event: AuditEvent): Promise<void> {
  if (event.action !== 'api_token.used_from_new_network') return
  const token = await findToken(services, workspace, event)
  if (!token?.accountId || !token.wasUsedBefore) return
  const perDay = { bucket: bucketOf('token-network', event.entityId), limit: mostPerDay, seconds: 86_400 }
  if ((await takeFromLimits(services, [perDay])) > 0) return
  const details = { token: token.name, workspace: workspace.slug, network: event.changes.network?.to ?? null }
  const { numInsertedOrUpdatedRows } = await services.platform.db
    .insertInto('account_event')
    .columns(['id', 'account_id', 'at', 'kind', 'details'])
    // One whose account is gone hears of nothing.
    .expression(db =>
      db
        .selectFrom('account')
        .select(({ val }) => [
          val(event.id).as('id'),
          'account.id as account_id',
          val(event.at).as('at'),
          val('token_used_from_new_network').as('kind'),
          val(JSON.stringify(details)).as('details'),
        ])
        .where('account.id', '=', token.accountId),
    )
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows) await tellSecurityEventsLater(services)
}

// Whoever has a token and a thousand networks fills the workspace's history, and not its owner's mailbox.
const mostPerDay = 10

// The first network of all is where the token was made for.
function findToken({ workspaces }: Services, workspace: WorkspaceAddress, { id, entityId }: AuditEvent) {
  return workspaces.system(workspace, db =>
    db
      .selectFrom('api_token')
      .innerJoin('member', 'member.id', 'api_token.member_id')
      .where('api_token.id', '=', entityId)
      .select(({ exists, selectFrom }) => [
        'api_token.name',
        'member.account_id as accountId',
        exists(
          selectFrom('audit_event')
            .select('audit_event.id')
            .where('audit_event.entity_id', '=', entityId)
            .where('audit_event.action', '=', 'api_token.used_from_new_network')
            .where('audit_event.id', '<', id),
        ).as('wasUsedBefore'),
      ])
      .executeTakeFirst(),
  )
}
