import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type InteractionResults } from 'oidc-provider'

export type Visitor = { sub: string; email?: string; email_verified?: boolean; name?: string; given_name?: string }
export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>

export const client = { clientId: 'kontor', clientSecret: 'a-secret-that-nobody-else-may-see' }
const redirectPath = '/api/single-sign-on/callback'

/**
 * A real OpenID Connect provider on this machine, which insists on PKCE. Whoever comes is signed in as the visitor of the
 * moment; without one, they are turned away.
 * @param options.publicUrl of the Kontor that it knows; `thin`: it tells the address by its userinfo endpoint only.
 */
export async function startIdentityProvider({
  publicUrl,
  thin = false,
  isPublic = false,
}: {
  publicUrl: string
  thin?: boolean
  isPublic?: boolean
}) {
  const visitors = new Map<string, Visitor>()
  let visitor: Visitor | undefined
  const requests: string[] = []
  const server = http.createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        redirect_uris: [`${publicUrl}${redirectPath}`],
        ...(isPublic ? { token_endpoint_auth_method: 'none' } : { client_secret: client.clientSecret }),
      },
    ],
    pkce: { required: () => true },
    conformIdTokenClaims: thin,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => visitors.get(sub)! }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['tests'] },
    jwks: { keys: [signingKey()] },
    ttl: { AuthorizationCode: 60, AccessToken: 60, IdToken: 60, Session: 60, Interaction: 60, Grant: 60 },
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    await provider.interactionFinished(request, response, await decide(prompt.name, params, session?.accountId), {
      mergeWithLastSubmission: true,
    })
  })

  async function decide(
    prompt: string,
    { client_id: clientId }: Record<string, unknown>,
    accountId: string | undefined,
  ): Promise<InteractionResults> {
    if (!visitor) return { error: 'access_denied', error_description: 'not you' }
    if (prompt === 'login') return { login: { accountId: visitor.sub, remember: false } }
    const grant = new provider.Grant({ accountId: accountId!, clientId: String(clientId) })
    grant.addOIDCScope('openid email profile')
    return { consent: { grantId: await grant.save() } }
  }

  return {
    issuer,
    requests,
    expect(next: Visitor | undefined) {
      visitor = next
      if (next) visitors.set(next.sub, next)
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'tests' } as never
}

/** Goes through the provider's pages as a browser does. @returns the address to which it sends the browser back. */
export async function visit(url: string, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = new URL(url)
  for (let steps = 0; steps < 12; steps++) {
    if (next.origin !== issuer) return next
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...cookies.values()].join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, pair)
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`the provider answers ${response.status}: ${await response.text()}`)
    next = new URL(location, next)
  }
  throw new Error('the provider sends the browser round and round')
}
