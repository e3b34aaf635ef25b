import { PasskeyOptions, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { passkeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { publicOperation } from '#server/http/operation.ts'

export const createSignInOptions = publicOperation({
  id: 'createSignInOptions',
  summary: 'Begin to sign in with a passkey',
  description: 'Gives what the browser asks the authenticator for; then `signInWithPasskey`. It names nobody.',
  route: 'POST /api/session/passkey-options',
  returns: PasskeyOptions,
  problems: passkeyProblems,
  run: ({ request, services }) => passkeyOptions(services, { purpose: 'sign-in', request }),
})
