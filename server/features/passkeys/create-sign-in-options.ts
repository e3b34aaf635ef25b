import { PasskeyOptions, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { countAsked, passkeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { networkOf } from '#server/http/network.ts'
import { publicOperation } from '#server/http/operation.ts'

const mostOfNetwork = 300

export const createSignInOptions = publicOperation({
  id: 'createSignInOptions',
  summary: 'Begin to sign in with a passkey',
  description: 'Gives what the browser asks the authenticator for; then `signInWithPasskey`. It names nobody.',
  route: 'POST /api/session/passkey-options',
  returns: PasskeyOptions,
  problems: passkeyProblems,
  async run({ request, services }) {
    await countAsked(services, networkOf(request.address), mostOfNetwork)
    return passkeyOptions(services, { purpose: 'sign-in', request })
  },
})
