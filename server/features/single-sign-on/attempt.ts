import { timingSafeEqual } from 'node:crypto'
import { hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Provider, Secrets } from '#server/features/single-sign-on/identity-provider.ts'
import { cookieName } from '#server/http/authentication.ts'
import type { Answer, RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

const minutesToReturn = 10

/** A visit to an identity provider: what it was told, and where the person goes afterwards. */
export type Attempt = { workspaceId: string; provider: Provider; clientId: string; secrets: Secrets; returnTo: string }

/** Keeps a visit until the person is back, in this browser and no other: a code that a stranger sends signs nobody in. */
export async function keepAttempt(services: Services, answer: Answer, attempt: Attempt): Promise<void> {
  const { platform, sealer, clock, config } = services
  const id = uuid7()
  await platform.db
    .insertInto('sign_on_attempt')
    .values({
      id,
      workspace_id: attempt.workspaceId,
      state_hash: hashToken(attempt.secrets.state),
      payload: sealer.seal(payloadField(id), JSON.stringify(attempt)),
      expires_at: clock.now().add({ minutes: minutesToReturn }).toString(),
    })
    .execute()
  answer.setCookie(stateCookie(config), attempt.secrets.state, minutesToReturn * 60)
}

/** The visit that a browser comes back from, once; undefined: there is none, it took too long, or it began elsewhere. */
export async function takeAttempt(
  { platform, sealer, clock, config }: Services,
  answer: Answer,
  request: RequestFacts,
  state: string,
): Promise<Attempt | undefined> {
  const begun = request.cookies[stateCookie(config)] ?? ''
  if (!timingSafeEqual(hashToken(begun), hashToken(state))) return undefined
  answer.setCookie(stateCookie(config), '', 0)
  const row = await platform.db
    .deleteFrom('sign_on_attempt')
    .where('state_hash', '=', hashToken(state))
    .returning(['id', 'payload', 'expires_at as expiresAt'])
    .executeTakeFirst()
  if (!row || Date.parse(row.expiresAt) <= clock.now().epochMilliseconds) return undefined
  return JSON.parse(sealer.open(payloadField(row.id), row.payload))
}

const payloadField = (row: string) => ({ workspace: 'platform', column: 'sign_on_attempt.payload', row }) as const

function stateCookie(config: Services['config']): string {
  return `${cookieName(config)}-sign-on`
}
