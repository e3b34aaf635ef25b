import { PasskeyOptions, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { countAsked, mostOfAccount, newPasskeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { accountOperation } from '#server/http/operation.ts'

export const createPasskeyOptions = accountOperation({
  id: 'createPasskeyOptions',
  summary: 'Begin to add a passkey',
  description: 'Gives what the browser asks the authenticator for; then `createPasskey`.',
  route: 'POST /api/passkeys/options',
  needsProof: true,
  returns: PasskeyOptions,
  problems: passkeyProblems,
  transaction: 'own',
  async run({ caller: { accountId, email, name }, request, services }) {
    await countAsked(services, accountId, mostOfAccount)
    return newPasskeyOptions(services, { id: accountId, email, name }, request)
  },
})
