import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import Type from 'typebox'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import {
  keyAlgorithms,
  Passkey,
  PasskeyAnswer,
  PasskeyName,
  passkeyProblems,
} from '#server/features/passkeys/passkey.ts'
import { passkeysOf, takeChallenge } from '#server/features/passkeys/passkey-queries.ts'
import { relyingParty } from '#server/features/passkeys/relying-party.ts'
import { holdAccount, listFactors, welcomeFactor } from '#server/features/second-factors/second-factor-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { accountOperation, type Caller, type RequestFacts } from '#server/http/operation.ts'
import { object } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

const mostPasskeys = 20

export const createPasskey = accountOperation({
  id: 'createPasskey',
  summary: 'Add a passkey',
  description:
    'With the answer of the authenticator. It signs in alone where it asks who unlocks it, and is a second factor. With the ' +
    'first second factor come ten recovery codes, shown this one time, and all your other sessions end; later none.',
  route: 'POST /api/passkeys',
  needsProof: true,
  body: object({ ...PasskeyAnswer.properties, name: PasskeyName }),
  example: {
    challengeId: '01990000-0000-7000-8000-000000000000',
    name: 'Laptop',
    response: { id: 'AQ', rawId: 'AQ', type: 'public-key', response: {} },
  },
  returns: Type.Object({ passkey: Passkey, recoveryCodes: Type.Array(Type.String()) }, { $id: 'PasskeyAdded' }),
  status: 201,
  problems: passkeyProblems,
  transaction: 'own',
  async run({ body, caller, request, services, transact, problem }) {
    const made = await verify(services, body, { caller, request })
    const result = await transact(async db => {
      if (!made) throw problem('passkey-rejected', 'Begin again, and answer within five minutes.')
      await holdAccount(db, caller.accountId)
      const isFirst = (await listFactors(db, caller.accountId)).length === 0
      const passkey = await store(services, db, { caller, name: body.name, made })
      if (!passkey) throw problem('passkey-rejected', 'It is known already, or there are too many of them.')
      await recordSecurityEvent(services, db, {
        accountId: caller.accountId,
        kind: 'passkey_added',
        request,
        details: { name: body.name },
      })
      return { passkey, recoveryCodes: await welcomeFactor(db, caller, isFirst) }
    })
    await tellSecurityEventsLater(services)
    return result
  },
})

const knownTransports = ['ble', 'hybrid', 'internal', 'nfc', 'usb'] as const

type Made = { id: Buffer; publicKey: Buffer; counter: number; transports: string[]; synced: boolean }

async function verify(
  { platform, clock, config, log }: Services,
  { challengeId, response }: PasskeyAnswer,
  { caller, request }: { caller: Caller; request: RequestFacts },
): Promise<Made | undefined> {
  const { id: rpID, origin } = relyingParty(config, request)
  const asked = { id: challengeId, purpose: 'add' as const, accountId: caller.accountId }
  const challenge = await takeChallenge(platform.db, clock.now(), asked)
  if (challenge === undefined) return undefined
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      supportedAlgorithmIDs: keyAlgorithms,
      // Without it, it is a second factor still; to sign in alone it is asked for then.
      requireUserVerification: false,
    })
    if (!verified || !registrationInfo) return undefined
    const { credential, credentialBackedUp } = registrationInfo
    return {
      id: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      // As the caller sends them: only words that mean something are kept.
      transports: knownTransports.filter(transport => credential.transports?.includes(transport)),
      synced: credentialBackedUp,
    }
  } catch (error) {
    log.info({ reason: error instanceof Error ? error.message : 'unknown' }, 'a passkey was refused')
    return undefined
  }
}

async function store(
  { clock }: Services,
  db: PlatformDatabase,
  { caller, name, made }: { caller: Caller; name: string; made: Made },
): Promise<Passkey | undefined> {
  const known = await passkeysOf(db, caller.accountId).execute()
  if (known.length >= mostPasskeys) return undefined
  const id = uuid7()
  await db
    .insertInto('passkey')
    .values({
      id,
      account_id: caller.accountId,
      name,
      credential_id: made.id,
      public_key: made.publicKey,
      counter: made.counter,
      transports: made.transports,
      synced: made.synced,
      created_at: clock.now().toString(),
    })
    .onConflict(conflict => conflict.column('credential_id').doNothing())
    .execute()
  return passkeysOf(db, caller.accountId).where('id', '=', id).executeTakeFirst()
}
