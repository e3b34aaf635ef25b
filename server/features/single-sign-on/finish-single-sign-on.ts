import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'
import Type from 'typebox'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { setSessionCookie } from '#server/features/sessions/session-queries.ts'
import { admit } from '#server/features/single-sign-on/admit.ts'
import { type Attempt, takeAttempt } from '#server/features/single-sign-on/attempt.ts'
import { verifiedDomains } from '#server/features/single-sign-on/domain-queries.ts'
import { UnansweredError } from '#server/features/single-sign-on/fetch-out.ts'
import { causeOf, redeem } from '#server/features/single-sign-on/identity-provider.ts'
import { type Person, personOf } from '#server/features/single-sign-on/person.ts'
import { findSignOn, redirectUri, type SignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import { RefusedSignOn, refusals } from '#server/features/single-sign-on/single-sign-on.ts'
import { publicOperation } from '#server/http/operation.ts'
import { linkTo } from '#server/mail/link.ts'
import { RefusedDestinationError } from '#server/outbound/check-destination.ts'
import type { Services } from '#server/services.ts'

export const finishSingleSignOn = publicOperation({
  id: 'finishSingleSignOn',
  summary: 'Come back from an identity provider',
  description:
    'The address to which identity providers send people back. The browser goes on to the page it was bound for, with the ' +
    'cookie of a session that enters this one workspace; or to `/signin?problem=…&workspace=…` when it is not let in: ' +
    `${refusals.map(code => `\`${code}\``).join(', ')}.`,
  route: 'GET /api/single-sign-on/callback',
  // Providers add parameters of their own.
  query: Type.Object({
    state: Type.Optional(Type.String({ maxLength: 500 })),
    code: Type.Optional(Type.String({ maxLength: 8000 })),
    iss: Type.Optional(Type.String({ maxLength: 2000 })),
    error: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  redirects: true,
  async run({ query, caller, request, services, answer }) {
    const { platform, log, config } = services
    const attempt = await takeAttempt(services, answer, request, query.state ?? '')
    const workspace = attempt && (await findWorkspace(services, attempt))
    if (!attempt || !workspace) return { location: linkTo(config, '/signin?problem=sign-on-expired') }
    try {
      const signOn = await requireSame(services, workspace, attempt)
      const person = await recognise(services, workspace, attempt, signOn, query)
      const token = await admit(services, { workspace, signOn, person, request })
      if (caller) await platform.db.deleteFrom('session').where('id', '=', caller.sessionId).execute()
      setSessionCookie(services, answer, token)
      await tellSecurityEventsLater(services)
      return { location: linkTo(config, attempt.returnTo) }
    } catch (error) {
      if (!(error instanceof RefusedSignOn)) throw error
      log.info({ workspace: workspace.id, problem: error.code, reason: error.message }, 'a single sign-on was refused')
      return { location: linkTo(config, `/signin?problem=${error.code}&workspace=${workspace.slug}`) }
    }
  },
})

function findWorkspace({ platform }: Services, { workspaceId }: Attempt): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
}

// Another provider since: nobody asked the workspace's one of today.
async function requireSame(services: Services, workspace: WorkspaceAddress, attempt: Attempt): Promise<SignOn> {
  const signOn = await findSignOn(services, workspace)
  if (signOn?.issuer !== attempt.provider.issuer || signOn.clientId !== attempt.clientId)
    throw new RefusedSignOn('sign-on-expired', 'the provider was changed meanwhile')
  return signOn
}

async function recognise(
  services: Services,
  workspace: WorkspaceAddress,
  { provider, secrets }: Attempt,
  signOn: SignOn,
  query: Record<string, string>,
): Promise<Person> {
  const callback = new URL(redirectUri(services))
  for (const name of ['state', 'code', 'iss', 'error'] as const)
    if (query[name] !== undefined) callback.searchParams.set(name, query[name])
  const claims = await redeem(services.config, provider, signOn, secrets, callback).catch(error => {
    throw refusalOf(error)
  })
  return personOf(claims, await verifiedDomains(services.platform.db, workspace.id))
}

// Of what openid-client throws, only codes and its own sentences: the rest holds answers, and those hold tokens.
function refusalOf(error: Error & { code?: string }): RefusedSignOn {
  const cause = causeOf(error)
  if (cause instanceof UnansweredError || cause instanceof RefusedDestinationError)
    return new RefusedSignOn('provider-unavailable', cause.message)
  if (error instanceof AuthorizationResponseError)
    return new RefusedSignOn('sign-on-refused', `the provider says ${error.error.slice(0, 100)}`)
  if (error instanceof ResponseBodyError)
    return new RefusedSignOn('sign-on-failed', `the provider says ${error.error.slice(0, 100)}`)
  return new RefusedSignOn('sign-on-failed', `${error.code ?? error.name}: ${error.message}`.slice(0, 300))
}
