import { createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { secretField } from '#server/features/webhooks/webhook-queries.ts'
import type { Send } from '#server/outbound/deliver.ts'
import { postOut } from '#server/outbound/post.ts'
import type { Services } from '#server/services.ts'

/** How a webhook sends an event: signed with its secret as that is now, and shown as the API shows it. */
export function sendsOf(services: Services, workspace: WorkspaceAddress, id: string) {
  return async (db: Kysely<WorkspaceTables>): Promise<Send> => {
    const { url, secret } = await db
      .selectFrom('webhook')
      .select(['url', 'secret'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const key = Buffer.from(services.sealer.open(secretField(workspace, id), secret).slice('whsec_'.length), 'base64')
    return ({ position: _, ...event }) => {
      const body = JSON.stringify({ type: event.action, timestamp: event.at, data: event })
      const timestamp = String(Math.floor(services.clock.now().epochMilliseconds / 1000))
      return postOut(services.config, url, body, {
        'webhook-id': event.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${sign(key, `${event.id}.${timestamp}.${body}`)}`,
      })
    }
  }
}

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
function sign(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content, 'utf8').digest('base64')
}
