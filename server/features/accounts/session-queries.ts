import { isIP } from 'node:net'
import { hashToken, sessionToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { cookieName } from '#server/http/authentication.ts'
import type { Answer, RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

const sessionSeconds = 30 * 24 * 60 * 60

/** A new session, good for 30 days whatever happens in between. Returns the token, of which only the hash is kept. */
export async function startSession(
  { clock }: Services,
  db: PlatformDatabase,
  accountId: string,
  request: Pick<RequestFacts, 'address' | 'userAgent'>,
): Promise<string> {
  const token = sessionToken()
  const now = clock.now()
  await db
    .insertInto('session')
    .values({
      id: uuid7(),
      account_id: accountId,
      token_hash: hashToken(token),
      user_agent: request.userAgent.slice(0, 400),
      address: plainAddress(request.address),
      created_at: now.toString(),
      last_seen_at: now.toString(),
      expires_at: now.add({ seconds: sessionSeconds }).toString(),
    })
    .execute()
  return token
}

// An IPv6 address may name a network interface of this machine, and IPv4 may come dressed as IPv6.
function plainAddress(address: string): string | null {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(plain) ? plain : null
}

export function setSessionCookie({ config }: Services, answer: Answer, token: string): void {
  answer.setCookie(cookieName(config), token, sessionSeconds)
}

export function clearSessionCookie({ config }: Services, answer: Answer): void {
  answer.setCookie(cookieName(config), '', 0)
}
