import { isIP } from 'node:net'
import { type Config, isForThisMachineOnly } from '#server/config/config.ts'
import { passkeyProblems } from '#server/features/passkeys/passkey.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import { problemsOf } from '#server/http/problems.ts'

/**
 * As whom we ask an authenticator (WebAuthn Level 3, section 5.1.2): by the address that people open, from the
 * configuration. An IP address is no such name, so on this machine alone it is `localhost`, on the port that is open.
 * @throws 409 that says under which address passkeys work.
 */
export function relyingParty(
  config: Config,
  { headers }: Pick<RequestFacts, 'headers'>,
): { id: string; origin: string } {
  const { publicUrl } = config
  if (!isForThisMachineOnly(config) && publicUrl) {
    if (isIP(publicUrl.hostname.replace(/^\[|\]$/g, '')) === 0)
      return { id: publicUrl.hostname, origin: publicUrl.origin }
    throw needsName('KONTOR_PUBLIC_URL has to be a name instead of an IP address.')
  }
  const origin = String(headers.origin ?? '')
  const opened = URL.canParse(origin) ? new URL(origin) : undefined
  if (opened?.hostname === 'localhost') return { id: 'localhost', origin: opened.origin }
  const port = opened?.port || publicUrl?.port
  throw needsName(`Open http://localhost${port ? `:${port}` : ''} instead of an IP address.`)
}

const needsName = (detail: string) => problemsOf(passkeyProblems)('passkeys-need-a-name', detail)
