import { type Selectable, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Webhook } from '#server/features/webhooks/webhook.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

export type StoredWebhook = Selectable<WorkspaceTables['webhook']>

/** The webhooks that the caller may read, as the API shows them. */
export function webhookRows({ clock }: Services, db: Reader) {
  return db.rows('webhook').select([
    'webhook.id',
    'webhook.url',
    'webhook.actions',
    'webhook.active',
    'webhook.last_status as lastStatus',
    'webhook.failures',
    'webhook.retry_at as retryAt',
    sql<string | null>`case when webhook.previous_until > ${clock.now().toString()}::text::timestamptz
        then webhook.previous_until end`.as('previousSecretUntil'),
    'webhook.created_at as createdAt',
    'webhook.updated_at as updatedAt',
    'webhook.version',
  ])
}

/** One webhook, or the problem that there is none that the caller may read. */
export async function requireWebhook(services: Services, db: Reader, id: string): Promise<Webhook> {
  const found = await webhookRows(services, db).where('webhook.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}

export function secretField(workspace: WorkspaceAddress, id: string) {
  return { workspace: workspace.id, column: 'webhook.secret', row: id } as const
}

export function previousSecretField(workspace: WorkspaceAddress, id: string) {
  return { workspace: workspace.id, column: 'webhook.previous_secret', row: id } as const
}
