import Type, { type Static } from 'typebox'
import type { ProblemTable } from '#server/http/problems.ts'
import { Id, Instant, nullable, object, text } from '#server/http/schemas.ts'

export const PasskeyName = text(100, 1, 'By which its owner knows it')

export const Passkey = Type.Object(
  {
    id: Id,
    name: PasskeyName,
    synced: Type.Boolean({ description: 'Kept by a password manager on several devices, not in one device alone' }),
    createdAt: Instant,
    lastUsedAt: nullable(Instant),
  },
  { $id: 'Passkey' },
)
export type Passkey = Static<typeof Passkey>

/** What an authenticator answers: the JSON of WebAuthn Level 3, section 5.1, as `toJSON()` of a credential gives it. */
const Answered = Type.Object(
  {
    id: Type.String({ maxLength: 2_000 }),
    rawId: Type.String({ maxLength: 2_000 }),
    type: Type.Literal('public-key'),
    response: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 20 }),
  },
  { additionalProperties: true, maxProperties: 20 },
)
export const PasskeyAnswer = object({ challengeId: Id, response: Answered }, { $id: 'PasskeyAnswer' })
export type PasskeyAnswer = Static<typeof PasskeyAnswer>

export const PasskeyOptions = Type.Object(
  {
    challengeId: Id,
    options: Type.Record(Type.String(), Type.Unknown(), {
      description: 'For `navigator.credentials`: `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`',
    }),
  },
  { $id: 'PasskeyOptions', description: 'Good for five minutes, once' },
)
export type PasskeyOptions = Static<typeof PasskeyOptions>

/**
 * What keys may sign with, most wanted first: EdDSA, ES256, RS256 (RFC 9053, RFC 8812). Named, because the library would
 * take what this Node has as an experiment, too, and a key made today has to be good for years.
 */
export const keyAlgorithms = [-8, -7, -257]

export const passkeyProblems = {
  'passkey-rejected': { status: 422, title: 'The passkey was not taken' },
  'passkeys-need-a-name': { status: 409, title: 'Passkeys need Kontor to be opened under a name' },
} as const satisfies ProblemTable
