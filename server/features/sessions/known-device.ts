import { fastifyCookie } from '@fastify/cookie'
import { hashToken, sessionToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { guardLimits } from '#server/features/sessions/sign-in-guard.ts'
import { cookieName } from '#server/http/authentication.ts'
import type { Answer, RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

const days = 365
/** Of nobody: who has no account is looked up like everybody else. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The browser that a request comes from, when the account signed in with it in the last year: what the guard takes. */
export async function findKnownDevice(
  services: Services,
  accountId: string | undefined,
  request: Pick<RequestFacts, 'headers'>,
): Promise<string | undefined> {
  const token = deviceTokenOf(services, request)
  if (!token) return undefined
  const row = await services.platform.db
    .selectFrom('known_device')
    .select('id')
    .where('token_hash', '=', hashToken(token))
    .where('account_id', '=', accountId ?? nobody)
    .where(
      'last_used_at',
      '>',
      services.clock
        .now()
        .subtract({ hours: days * 24 })
        .toString(),
    )
    .executeTakeFirst()
  return row?.id
}

/**
 * Notes, in the transaction of a sign-in, that the account uses this browser. Not for who was vouched for by a
 * workspace's identity provider: that says nothing of whose browser it is.
 * @returns the token for `setDeviceCookie`, and whether the account never signed in here before.
 */
export async function rememberDevice(
  services: Services,
  db: PlatformDatabase,
  accountId: string,
  request: Pick<RequestFacts, 'headers'>,
): Promise<{ token: string; isNew: boolean }> {
  const now = services.clock.now().toString()
  const given = deviceTokenOf(services, request)
  const hash = given && hashToken(given)
  const known = hash ? await db.selectFrom('known_device').selectAll().where('token_hash', '=', hash).execute() : []
  const own = known.find(device => device.account_id === accountId)
  if (given && own) {
    await db.updateTable('known_device').set({ last_used_at: now }).where('id', '=', own.id).execute()
    return { token: given, isNew: false }
  }
  // A browser of several people keeps its token for all of them. One that we never gave out could be known to others.
  const token = given && known.length > 0 ? given : sessionToken()
  const row = { id: uuid7(), account_id: accountId, token_hash: hashToken(token), created_at: now, last_used_at: now }
  await db.insertInto('known_device').values(row).execute()
  await db
    .deleteFrom('known_device')
    .where('account_id', '=', accountId)
    .where('id', 'not in', newest =>
      newest
        .selectFrom('known_device')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('last_used_at', 'desc')
        .orderBy('id', 'desc')
        .limit(guardLimits.devices),
    )
    .execute()
  return { token, isNew: true }
}

export function setDeviceCookie({ config }: Services, answer: Answer, token: string): void {
  answer.setCookie(deviceCookieName(config), token, days * 24 * 60 * 60)
}

function deviceTokenOf({ config }: Services, { headers }: Pick<RequestFacts, 'headers'>): string | undefined {
  return fastifyCookie.parse(String(headers.cookie ?? ''))[deviceCookieName(config)]
}

function deviceCookieName(config: Services['config']): string {
  const session = cookieName(config)
  return session.startsWith('__Host-') ? `${session}-device` : `${session}_device`
}
