import { passkeyOptions } from '#server/features/passkeys/passkey-options.ts'
import { listFactors } from '#server/features/second-factors/second-factor-queries.ts'
import { verifySecondFactor } from '#server/features/second-factors/verify-second-factor.ts'
import type { CredentialsOf } from '#server/features/sessions/sign-in-credentials.ts'
import { guarded } from '#server/features/sessions/sign-in-guard.ts'
import type { Proved } from '#server/features/sessions/sign-in-password.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** Whether a second factor was proved; `asked`: what the caller has to send, because none came or a wrong one. */
export async function proveSecondFactor(
  services: Services,
  { accountId, email, deviceId }: Pick<Proved, 'accountId' | 'email' | 'deviceId'>,
  { code, passkey }: Pick<CredentialsOf, 'code' | 'passkey'>,
  request: RequestFacts,
): Promise<{ secondFactor: boolean } | { asked: Record<string, unknown> }> {
  const factors = await listFactors(services.platform.db, accountId)
  if (factors.length === 0) return { secondFactor: false }
  if (code !== undefined || passkey !== undefined) {
    const attempt = { purpose: 'second_factor' as const, accountId, email, request, deviceId }
    const verify = async () => (await verifySecondFactor(services, accountId, { code, passkey }, request)) || undefined
    if (await guarded(services, attempt, verify)) return { secondFactor: true }
  }
  const options = factors.includes('passkey') ? await optionsFor(services, accountId, request) : {}
  return { asked: { factors, ...options } }
}

// Where the page is open under an IP address there is no asking a passkey, and the other factors have to do.
async function optionsFor(
  services: Services,
  accountId: string,
  request: RequestFacts,
): Promise<{ passkey?: unknown }> {
  try {
    return { passkey: await passkeyOptions(services, { accountId, purpose: 'second-factor', request }) }
  } catch (error) {
    if (error instanceof ProblemError) return {}
    throw error
  }
}
