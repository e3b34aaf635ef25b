import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Selectable } from 'kysely'
import type { PlatformTables } from '#server/database/tables.gen.ts'
import type { PasskeyAnswer } from '#server/features/passkeys/passkey.ts'
import { takeChallenge } from '#server/features/passkeys/passkey-queries.ts'
import { relyingParty } from '#server/features/passkeys/relying-party.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

type Asked = { purpose: 'sign-in' | 'second-factor' | 'proof'; accountId?: string; request: RequestFacts }

/**
 * Whose passkey answered a challenge of ours, or undefined: another challenge, origin, name or account, one that was used
 * before, a signature that is wrong, or a counter that went back, as that of a copied key does.
 */
export async function verifyPasskey(
  services: Services,
  { challengeId, response }: PasskeyAnswer,
  { purpose, accountId, request }: Asked,
): Promise<{ accountId: string } | undefined> {
  const { db } = services.platform
  const challenge = await takeChallenge(db, services.clock.now(), { id: challengeId, purpose, accountId })
  if (challenge === undefined) return undefined
  const key = await db
    .selectFrom('passkey')
    .selectAll()
    .where('credential_id', '=', Buffer.from(response.id, 'base64url'))
    .executeTakeFirst()
  if (!key || (accountId !== undefined && key.account_id !== accountId)) return undefined
  const counter = await counterOf(services, key, {
    response,
    challenge,
    request,
    needsUser: purpose !== 'second-factor',
  })
  if (counter === undefined) return undefined
  const noted = await db
    .updateTable('passkey')
    .set({ counter, last_used_at: services.clock.now().toString() })
    .where('id', '=', key.id)
    // Of two answers at once with the same count, one.
    .where(eb => (counter === 0 ? eb('counter', '=', 0) : eb('counter', '<', counter)))
    .returning('account_id as accountId')
    .executeTakeFirst()
  return noted
}

type Answered = {
  response: PasskeyAnswer['response']
  challenge: string
  request: RequestFacts
  needsUser: boolean
}

async function counterOf(
  { config, log }: Services,
  key: Selectable<PlatformTables['passkey']>,
  { response, challenge, request, needsUser }: Answered,
): Promise<number | undefined> {
  try {
    const { id: rpID, origin } = relyingParty(config, request)
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: needsUser,
      credential: {
        id: key.credential_id.toString('base64url'),
        publicKey: new Uint8Array(key.public_key),
        counter: Number(key.counter),
      },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch (error) {
    // The library throws for whatever is not as it should be, and relyingParty where no passkey can be asked for.
    log.info({ reason: error instanceof Error ? error.message : 'unknown' }, 'a passkey was refused')
    return undefined
  }
}
