import Type from 'typebox'
import { PasskeyOptions, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { countAsked, mostOfAccount, passkeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { accountOperation } from '#server/http/operation.ts'
import { object } from '#server/http/schemas.ts'

export const createProofOptions = accountOperation({
  id: 'createProofOptions',
  summary: 'Begin to prove with a passkey that it is you',
  description:
    'Gives what the browser asks the authenticator for; then `createProof` with the answer. Alone it has to ask who unlocks ' +
    'it. A security key that asks nobody proves it `beside` the password: send both.',
  route: 'POST /api/session/proof/passkey-options',
  query: object({ beside: Type.Optional(Type.Literal('password')) }),
  returns: PasskeyOptions,
  problems: passkeyProblems,
  transaction: 'own',
  async run({ caller: { accountId }, query, request, services }) {
    await countAsked(services, accountId, mostOfAccount)
    return passkeyOptions(services, { accountId, purpose: query.beside ? 'second-factor' : 'proof', request })
  },
})
