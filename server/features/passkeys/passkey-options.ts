import {
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
} from '@simplewebauthn/server'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { keyAlgorithms, type PasskeyOptions } from '#server/features/passkeys/passkey.ts'
import { relyingParty } from '#server/features/passkeys/relying-party.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import { problem } from '#server/http/problems.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import type { Services } from '#server/services.ts'

const minutes = 5

/** How often an account may ask in that time, to add a passkey or to prove itself with one. */
export const mostOfAccount = 30

type Account = { id: string; email: string; name: string }

/** What an authenticator is asked to make a new passkey with. */
export async function newPasskeyOptions(
  services: Services,
  account: Account,
  request: RequestFacts,
): Promise<PasskeyOptions> {
  const { id: rpID } = relyingParty(services.config, request)
  const options = await generateRegistrationOptions({
    rpName: 'Kontor',
    rpID,
    userName: account.email,
    userDisplayName: account.name,
    userID: Buffer.from(account.id),
    attestationType: 'none',
    supportedAlgorithmIDs: keyAlgorithms,
    excludeCredentials: await credentialsOf(services, account.id),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  return keep(services, { purpose: 'add', accountId: account.id, options })
}

/** What an authenticator is asked to sign: of anybody, to sign in with it alone, or of one account. */
export async function passkeyOptions(
  services: Services,
  {
    accountId,
    purpose,
    request,
  }: { accountId?: string; purpose: 'sign-in' | 'second-factor' | 'proof'; request: RequestFacts },
): Promise<PasskeyOptions> {
  const { id: rpID } = relyingParty(services.config, request)
  const options = await generateAuthenticationOptions({
    rpID,
    // Alone it has to be two factors: the device, and who unlocks it.
    userVerification: purpose === 'second-factor' ? 'preferred' : 'required',
    ...(accountId ? { allowCredentials: await credentialsOf(services, accountId) } : {}),
  })
  return keep(services, { purpose, accountId, options })
}

/** Counts who asks for options, an account or a network: each leaves a row for five minutes. @throws 429 */
export async function countAsked(services: Services, who: string, limit: number): Promise<void> {
  const seconds = minutes * 60
  const waitSeconds = await takeFromLimits(services, [{ bucket: bucketOf('passkey-options', who), limit, seconds }])
  if (waitSeconds > 0) throw problem('too-many-requests', undefined, { retryAfterSeconds: waitSeconds })
}

async function credentialsOf({ platform }: Services, accountId: string) {
  const rows = await platform.db
    .selectFrom('passkey')
    .select(['credential_id', 'transports'])
    .where('account_id', '=', accountId)
    .execute()
  return rows.map(row => ({
    id: row.credential_id.toString('base64url'),
    transports: row.transports as AuthenticatorTransport[],
  }))
}

type Asked = {
  purpose: 'add' | 'sign-in' | 'second-factor' | 'proof'
  accountId: string | undefined
  options: { challenge: string }
}

async function keep({ platform, clock }: Services, { purpose, accountId, options }: Asked): Promise<PasskeyOptions> {
  const challengeId = uuid7()
  await platform.db
    .insertInto('passkey_challenge')
    .values({
      id: challengeId,
      account_id: accountId ?? null,
      purpose,
      challenge: Buffer.from(options.challenge, 'base64url'),
      expires_at: clock.now().add({ minutes }).toString(),
    })
    .execute()
  return { challengeId, options: options as Record<string, unknown> }
}
