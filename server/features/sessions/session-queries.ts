import { hashToken, sessionToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { methods } from '#server/features/sessions/session.ts'
import { cookieName, sessionDays } from '#server/http/authentication.ts'
import { plainAddress } from '#server/http/network.ts'
import type { Answer, Caller, RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

const sessionSeconds = sessionDays.absolute * 24 * 60 * 60

/** How somebody proved who they are; `workspaceId` when a workspace's identity provider did it for them. */
export type Proof = {
  method: (typeof methods)[number]
  secondFactor?: boolean
  workspaceId?: string
  /** After which it ends, where that is sooner than for others. */
  hours?: number
}

/** A new session. Returns the token, of which only the hash is kept. */
export async function startSession(
  { clock }: Services,
  db: PlatformDatabase,
  accountId: string,
  request: Pick<RequestFacts, 'address' | 'userAgent'>,
  { method, secondFactor = false, workspaceId, hours = sessionDays.absolute * 24 }: Proof,
): Promise<string> {
  const token = sessionToken()
  const now = clock.now()
  await db
    .insertInto('session')
    .values({
      id: uuid7(),
      account_id: accountId,
      method,
      second_factor: secondFactor,
      workspace_id: workspaceId ?? null,
      token_hash: hashToken(token),
      user_agent: request.userAgent.slice(0, 400),
      address: plainAddress(request.address),
      created_at: now.toString(),
      last_seen_at: now.toString(),
      proved_at: now.toString(),
      expires_at: now.add({ hours }).toString(),
    })
    .execute()
  return token
}

/**
 * Notes that the person proved again who they are. As at a sign-in, the session gets a new token (ASVS 5.0, 7.2.4).
 * @returns it; undefined when another request renewed the session meanwhile, whose token counts.
 */
export async function renewSession(
  { clock, config }: Services,
  db: PlatformDatabase,
  { caller, request, secondFactor }: { caller: Caller; request: RequestFacts; secondFactor: boolean },
): Promise<string | undefined> {
  const token = sessionToken()
  const renewed = await db
    .updateTable('session')
    .set({ token_hash: hashToken(token), proved_at: clock.now().toString() })
    .$if(secondFactor, session => session.set({ second_factor: true }))
    .where('id', '=', caller.sessionId)
    .where('token_hash', '=', hashToken(request.cookies[cookieName(config)] ?? ''))
    .returning('id')
    .executeTakeFirst()
  return renewed && token
}

/** Ends every session of the account but the one that asks. @returns how many there were. */
export async function endOthers(
  db: PlatformDatabase,
  { accountId, sessionId }: Pick<Caller, 'accountId' | 'sessionId'>,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .where('id', '<>', sessionId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export function setSessionCookie({ config }: Services, answer: Answer, token: string): void {
  answer.setCookie(cookieName(config), token, sessionSeconds)
}

export function clearSessionCookie({ config }: Services, answer: Answer): void {
  answer.setCookie(cookieName(config), '', 0)
}
