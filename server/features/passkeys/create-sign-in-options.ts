import { PasskeyOptions, passkeyProblems } from '#server/features/passkeys/passkey.ts'
import { passkeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { networkOf } from '#server/http/network.ts'
import { publicOperation } from '#server/http/operation.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'

const mostInFiveMinutes = 300

export const createSignInOptions = publicOperation({
  id: 'createSignInOptions',
  summary: 'Begin to sign in with a passkey',
  description: 'Gives what the browser asks the authenticator for; then `signInWithPasskey`. It names nobody.',
  route: 'POST /api/session/passkey-options',
  returns: PasskeyOptions,
  problems: passkeyProblems,
  async run({ request, services, problem }) {
    // Each leaves a row for five minutes, whoever asks.
    const bucket = bucketOf('passkey-options', networkOf(request.address))
    const waitSeconds = await takeFromLimits(services, [{ bucket, limit: mostInFiveMinutes, seconds: 5 * 60 }])
    if (waitSeconds > 0) throw problem('too-many-requests', undefined, { retryAfterSeconds: waitSeconds })
    return passkeyOptions(services, { purpose: 'sign-in', request })
  },
})
