import type { PlatformDatabase } from '#server/database/platform.ts'
import { hasSecondFactor } from '#server/features/accounts/account-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { rememberDevice } from '#server/features/sessions/known-device.ts'
import { type Proof, startSession } from '#server/features/sessions/session-queries.ts'
import type { Caller, RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

/** Tokens of a session that begins, and of the browser it began in: for the two cookies. */
export type Opened = { session: string; device: string }

type Opening = { caller: Caller | undefined; request: RequestFacts; proof: Proof }

/**
 * Signs an account in that has proved itself: ends the session that the request came with, and notes the browser.
 * @returns undefined when the account went meanwhile, or its first second factor came or its last one went: who adds one
 * ends the sessions that began without it, and one that begins at that moment must not be missed.
 */
export async function openSession(
  services: Services,
  db: PlatformDatabase,
  accountId: string,
  { caller, request, proof }: Opening,
): Promise<Opened | undefined> {
  const held = await db
    .selectFrom('account')
    .select('id')
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!held || (await hasSecondFactor(db, accountId)) !== (proof.secondFactor ?? false)) return undefined
  if (caller) await db.deleteFrom('session').where('id', '=', caller.sessionId).execute()
  const device = await rememberDevice(services, db, accountId, request)
  const details = { method: proof.method, ...(device.isNew ? { newDevice: true } : {}) }
  await recordSecurityEvent(services, db, { accountId, kind: 'signed_in', request, details })
  return { session: await startSession(services, db, accountId, request, proof), device: device.token }
}
