import { createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { keepAttempt, settleFailed, trimDeliveries } from '#server/features/webhooks/keep-attempt.ts'
import { warnOfSwitchingOff } from '#server/features/webhooks/switched-off-mail.ts'
import { previousSecretField, type StoredWebhook, secretField } from '#server/features/webhooks/webhook-queries.ts'
import type { Reply } from '#server/outbound/attempt.ts'
import type { Sender } from '#server/outbound/deliver.ts'
import { postOut } from '#server/outbound/post.ts'
import type { Services } from '#server/services.ts'

/** How a webhook is sent the events that follow, and where what came of it is kept. */
export function sendsOf(services: Services, workspace: WorkspaceAddress, id: string) {
  return async (db: Kysely<WorkspaceTables>): Promise<Sender> => {
    const webhook = await db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const post = openPost(services, workspace, webhook)
    return {
      send: ({ position: _, ...event }) => post(messageOf(event)),
      keep: (database, event, made, until) =>
        keepAttempt(database, { webhook_id: id, id: event.id, action: event.action }, made, {
          next_attempt_at: until ?? null,
        }),
      async tidy(database) {
        await Promise.all([settleFailed(services, database, id), trimDeliveries(database, id)])
      },
      warn: why => warnOfSwitchingOff(services, workspace, webhook.url, why),
    }
  }
}

/** What is posted: its `webhook-id`, and the body. */
export type Message = { id: string; body: string }

/** An event as it is posted: as the API shows it. */
export function messageOf(event: AuditEvent): Message {
  return { id: event.id, body: JSON.stringify({ type: event.action, timestamp: event.at, data: event }) }
}

/** Posts to a webhook, signed with its secret, and with the one before it as long as that is good. */
export function openPost({ config, clock, sealer }: Services, workspace: WorkspaceAddress, webhook: StoredWebhook) {
  const { id, url, secret, previous_secret: previous, previous_until: until } = webhook
  const now = clock.now()
  const secrets = [sealer.open(secretField(workspace, id), secret)]
  if (previous !== null && until !== null && Date.parse(until) > now.epochMilliseconds)
    secrets.push(sealer.open(previousSecretField(workspace, id), previous))
  const keys = secrets.map(each => Buffer.from(each.slice('whsec_'.length), 'base64'))
  return (message: Message): Promise<Reply> => {
    const timestamp = timestampOf(clock.now().epochMilliseconds)
    const content = `${message.id}.${timestamp}.${message.body}`
    return postOut(config, url, message.body, {
      'webhook-id': message.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': keys.map(key => `v1,${sign(key, content)}`).join(' '),
    })
  }
}

export function timestampOf(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000))
}

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
function sign(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content, 'utf8').digest('base64')
}
