import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  None,
  type ServerMetadata,
} from 'openid-client'
import type { Config } from '#server/config/config.ts'
import { fetchOut, UnansweredError } from '#server/features/single-sign-on/fetch-out.ts'
import type { ProviderFault } from '#server/features/single-sign-on/single-sign-on.ts'
import { allowsLoopback, checkUrl, RefusedDestinationError } from '#server/outbound/check-destination.ts'

/** What a sign-in needs to know of a provider. It stays the same from the way there to the way back. */
export type Provider = Pick<ServerMetadata, (typeof kept)[number]>
export type Client = { clientId: string; clientSecret: string | null }
/** What ties the way back to the way there. */
export type Secrets = { state: string; nonce: string; verifier: string }

const kept = [
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'id_token_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported',
  'authorization_response_iss_parameter_supported',
] as const

/** A provider that cannot be used, as a sentence for the person who named it, and as a word for programs. */
export class UnusableProviderError extends Error {
  override name = 'UnusableProviderError'
  readonly reason: ProviderFault
  constructor(reason: ProviderFault, message: string) {
    super(message)
    this.reason = reason
  }
}

/** Asks a provider how to reach it. @throws UnusableProviderError or UnansweredError */
export async function discover(config: Config, issuer: string): Promise<Provider> {
  const found = await askMetadata(config, issuer)
  // A provider that speaks for any number of tenants (Entra ID's "common") has no name of its own: whoever administers
  // one of them would decide who is who here.
  if (!URL.canParse(found.issuer) || new URL(found.issuer).href !== new URL(issuer).href)
    throw new UnusableProviderError(
      'other-name',
      'The provider goes by another name: enter its issuer as it stands in its metadata.',
    )
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const address = found[name]
    if (typeof address !== 'string')
      throw new UnusableProviderError('incomplete', `The provider does not say its ${name}.`)
    check(config, address, { reason: 'incomplete', prefix: `Its ${name} is not taken. ` })
  }
  return Object.fromEntries(
    kept.filter(name => isAsSpecified(name, found[name])).map(name => [name, found[name]]),
  ) as Provider
}

// What is not of its kind counts as not said.
function isAsSpecified(name: (typeof kept)[number], value: unknown): boolean {
  if (name.endsWith('_values_supported') || name.endsWith('_methods_supported'))
    return Array.isArray(value) && value.every(item => typeof item === 'string')
  return typeof value === (name.endsWith('_parameter_supported') ? 'boolean' : 'string')
}

async function askMetadata(config: Config, issuer: string): Promise<ServerMetadata> {
  const url = check(config, issuer)
  if (url.search || url.hash)
    throw new UnusableProviderError('address', 'An issuer has neither a query nor a fragment.')
  try {
    const options = { [customFetch]: fetchOut(config), execute: allowsLoopback(config) ? [allowInsecureRequests] : [] }
    return (await discovery(url, 'kontor', undefined, None(), options)).serverMetadata()
  } catch (error) {
    const cause = causeOf(error)
    if (cause instanceof UnansweredError) throw cause
    if (cause instanceof RefusedDestinationError) throw new UnusableProviderError('address', cause.message)
    throw new UnusableProviderError(
      'no-provider',
      'There is no OpenID Connect provider at this address: /.well-known/openid-configuration below it does not name it.',
    )
  }
}

type Blame = { reason: ProviderFault; prefix: string }

function check(config: Config, address: string, { reason, prefix }: Blame = { reason: 'address', prefix: '' }): URL {
  try {
    return checkUrl(config, address)
  } catch (error) {
    if (error instanceof RefusedDestinationError) throw new UnusableProviderError(reason, prefix + error.message)
    throw error
  }
}

/** The address at which the person signs in. */
export async function signInUrl(
  config: Config,
  provider: Provider,
  client: Client,
  { state, nonce, verifier }: Secrets,
  { redirectUri, loginHint }: { redirectUri: string; loginHint: string | undefined },
): Promise<URL> {
  return buildAuthorizationUrl(open(config, provider, client), {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(loginHint ? { login_hint: loginHint } : {}),
  })
}

/**
 * Trades the code of a callback for what the provider says of the person: issuer, audience, nonce, expiry and signature
 * are checked. @throws whatever openid-client finds wrong with it.
 */
export async function redeem(
  config: Config,
  provider: Provider,
  client: Client,
  { state, nonce, verifier }: Secrets,
  callback: URL,
): Promise<IDToken> {
  const configuration = open(config, provider, client)
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
  const tokens = await authorizationCodeGrant(configuration, callback, checks)
  const claims = tokens.claims()!
  const isComplete = claims.email !== undefined && (claims.email_verified ?? claims.xms_edov) !== undefined
  if (isComplete || !provider.userinfo_endpoint) return claims
  // Some tell the address only here. It comes with its own word on whether it is confirmed, and with no other.
  const info = await fetchUserInfo(configuration, tokens.access_token, claims.sub)
  if (info.email === undefined) return claims
  return {
    ...info,
    ...claims,
    email: info.email,
    email_verified: info.email_verified,
    xms_edov: info.xms_edov,
  } as IDToken
}

/** The error at the bottom, which openid-client wraps. */
export function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? causeOf(error.cause) : error
}

function open(config: Config, provider: Provider, { clientId, clientSecret }: Client): Configuration {
  const configuration = new Configuration(provider, clientId, undefined, authentication(provider, clientSecret))
  configuration[customFetch] = fetchOut(config)
  enableNonRepudiationChecks(configuration)
  if (allowsLoopback(config)) allowInsecureRequests(configuration)
  return configuration
}

// Every provider takes the one in the header (RFC 6749, section 2.3.1), unless it says otherwise.
function authentication({ token_endpoint_auth_methods_supported: methods }: Provider, secret: string | null) {
  if (secret === null) return None()
  return methods && !methods.includes('client_secret_basic') ? ClientSecretPost(secret) : ClientSecretBasic(secret)
}
