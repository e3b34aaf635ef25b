import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import Type from 'typebox'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { keepAttempt } from '#server/features/single-sign-on/attempt.ts'
import { UnansweredError } from '#server/features/single-sign-on/fetch-out.ts'
import {
  discover,
  type Provider,
  signInUrl,
  UnusableProviderError,
} from '#server/features/single-sign-on/identity-provider.ts'
import { domainOf } from '#server/features/single-sign-on/person.ts'
import { isReturnPath } from '#server/features/single-sign-on/return-path.ts'
import { findSignOn, redirectUri } from '#server/features/single-sign-on/sign-on-queries.ts'
import { SignOnStart, startProblems } from '#server/features/single-sign-on/single-sign-on.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/index.ts'
import { networkOf } from '#server/http/network.ts'
import { publicOperation, type RequestFacts } from '#server/http/operation.ts'
import { problem as commonProblem, fieldProblem } from '#server/http/problems.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import type { Services } from '#server/services.ts'

export const startSingleSignOn = publicOperation({
  id: 'startSingleSignOn',
  summary: "Sign in with a workspace's identity provider",
  description:
    'Answers with the address to open, and with a cookie that binds the way back to this browser for ten minutes. The ' +
    "workspace is named by its slug, or found by the address's domain where a workspace has shown that it is its own; " +
    'whether there is an account makes no difference. No such workspace, and one without a provider: the same 404.',
  route: 'POST /api/single-sign-on',
  body: SignOnStart,
  example: { email: 'mia@acme.example', returnTo: '/w/acme' },
  returns: Type.Object({ url: Type.String({ format: 'uri' }) }),
  problems: startProblems,
  async run({ body, request, services, answer, problem }) {
    const { config, log } = services
    if ((body.workspace === undefined) === (body.email === undefined))
      throw fieldProblem('/workspace', 'Give either workspace or email.')
    if (body.returnTo !== undefined && !isReturnPath(body.returnTo))
      throw fieldProblem('/returnTo', 'must be a path of this site, such as /w/acme', 'rule-broken')
    await countStart(services, request)
    const workspace = await findWorkspace(services, body)
    const client = workspace && (await findSignOn(services, workspace))
    if (!workspace || !client) throw problem('not-found', 'There is no single sign-on for this.')
    let provider: Provider
    try {
      provider = await discover(config, client.issuer)
    } catch (error) {
      if (!(error instanceof UnansweredError || error instanceof UnusableProviderError)) throw error
      log.warn({ workspace: workspace.id, reason: error.message }, 'an identity provider cannot be used')
      throw problem('provider-unavailable', 'Try again in a moment, or sign in another way.', { retryAfterSeconds: 30 })
    }
    const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    const returnTo = body.returnTo ?? `/w/${workspace.slug}`
    await keepAttempt(services, answer, {
      workspaceId: workspace.id,
      provider,
      clientId: client.clientId,
      secrets,
      returnTo,
    })
    const onward = { redirectUri: redirectUri(services), loginHint: body.email }
    return { url: (await signInUrl(config, provider, client, secrets, onward)).href }
  },
})

// An office behind one address comes to work at once; a script that makes us knock at a provider's door is stopped.
const startsPerNetwork = { limit: 120, seconds: 300 }

async function countStart(services: Services, { address }: RequestFacts): Promise<void> {
  const network = networkOf(address, { v4Bits: 32 })
  const waitSeconds = await takeFromLimits(services, [{ bucket: bucketOf('sign-on', network), ...startsPerNetwork }])
  if (waitSeconds > 0) throw commonProblem('too-many-requests', undefined, { retryAfterSeconds: waitSeconds })
}

function findWorkspace(
  services: Services,
  { workspace, email }: { workspace?: string; email?: string },
): Promise<WorkspaceAddress | undefined> {
  if (email === undefined) return findWorkspaceBySlug(services, workspace!)
  return services.platform.db
    .selectFrom('sign_on_domain')
    .innerJoin('workspace', 'workspace.id', 'sign_on_domain.workspace_id')
    .select(['workspace.id', 'workspace.slug', 'workspace.schema', 'workspace.login_key as loginKey'])
    .where('sign_on_domain.domain', '=', domainOf(email.toLowerCase()))
    .where('sign_on_domain.verified_at', 'is not', null)
    .where('workspace.status', '=', 'active')
    .executeTakeFirst()
}
