import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { SecurityEventKind } from '#server/features/security-events/security-event.ts'
import { plainAddress } from '#server/http/network.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

/**
 * Notes what happened to an account, in the transaction in which it happens. `details` are facts that the owner and the
 * admins of their workspaces may read: `{ method: 'password' }`, never a secret. Without a request: the command line.
 */
export async function recordSecurityEvent(
  { clock }: Services,
  db: PlatformDatabase,
  { accountId, kind, request, details = {} }: SecurityEvent,
): Promise<void> {
  await db
    .insertInto('account_event')
    .values({
      id: uuid7(),
      account_id: accountId,
      at: clock.now().toString(),
      kind,
      address: request ? (plainAddress(request.address) ?? null) : null,
      user_agent: request?.userAgent.slice(0, 400) ?? '',
      details: JSON.stringify(details),
    })
    .execute()
}

type SecurityEvent = {
  accountId: string
  kind: SecurityEventKind
  request?: Pick<RequestFacts, 'address' | 'userAgent'>
  details?: Record<string, string | number | boolean | null>
}
