import { PasskeyOptions, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { passkeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { accountOperation } from '#server/http/operation.ts'

export const createProofOptions = accountOperation({
  id: 'createProofOptions',
  summary: 'Begin to prove with a passkey that it is you',
  description: 'Gives what the browser asks the authenticator for; then `createProof` with the answer.',
  route: 'POST /api/session/proof/passkey-options',
  returns: PasskeyOptions,
  problems: passkeyProblems,
  transaction: 'own',
  run: ({ caller, request, services }) =>
    passkeyOptions(services, { accountId: caller.accountId, purpose: 'proof', request }),
})
