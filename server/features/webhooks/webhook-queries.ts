import type { Reader } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Webhook } from '#server/features/webhooks/webhook.ts'
import { problem } from '#server/http/problems.ts'

export const webhookColumns = [
  'webhook.id',
  'webhook.url',
  'webhook.actions',
  'webhook.active',
  'webhook.last_status as lastStatus',
  'webhook.failures',
  'webhook.retry_at as retryAt',
  'webhook.created_at as createdAt',
  'webhook.updated_at as updatedAt',
  'webhook.version',
] as const

/** One webhook, or the problem that there is none that the caller may read. */
export async function requireWebhook(db: Reader, id: string): Promise<Webhook> {
  const found = await db.rows('webhook').where('webhook.id', '=', id).select(webhookColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}

export function secretField(workspace: WorkspaceAddress, id: string) {
  return { workspace: workspace.id, column: 'webhook.secret', row: id } as const
}
