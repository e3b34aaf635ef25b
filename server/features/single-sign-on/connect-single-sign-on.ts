import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Row } from '#server/database/door.ts'
import { UnansweredError } from '#server/features/single-sign-on/fetch-out.ts'
import { discover, UnusableProviderError } from '#server/features/single-sign-on/identity-provider.ts'
import {
  countAsking,
  findSingleSignOn,
  forgetProvider,
  requireDecider,
  requireDefaultRole,
  requireSignOn,
  secretField,
} from '#server/features/single-sign-on/sign-on-queries.ts'
import {
  connectionProblems,
  type ProviderFault,
  providerFaults,
  SingleSignOn,
  SingleSignOnSettings,
} from '#server/features/single-sign-on/single-sign-on.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem, type ProblemError, type ProblemExtras } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

export const connectSingleSignOn = operation({
  id: 'connectSingleSignOn',
  summary: 'Connect an identity provider (OpenID Connect)',
  description:
    'Asks the provider for its metadata before anything is stored. It brings people only of the domains that are ' +
    'verified below `/domains`, so until then it changes nothing. Another issuer or client ends the sessions that the one ' +
    'before vouched for. For those who may do everything in the workspace, because the provider signs in admins too. ' +
    `In the problem \`provider-unusable\`, \`reason\` is one of ${providerFaults.map(word => `\`${word}\``).join(', ')}.`,
  route: 'PUT /api/workspaces/:workspace/single-sign-on',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  body: SingleSignOnSettings,
  example: {
    issuer: 'https://login.acme.example/realms/acme',
    clientId: 'kontor',
    clientSecret: 'b1f0b6b3c9e84d0f',
    roleId: '01890a5d-ac96-774b-bcce-b302099a8057',
  },
  returns: SingleSignOn,
  problems: connectionProblems,
  // The provider has ten seconds to answer: meanwhile it holds no connection.
  transaction: 'own',
  async run({ db, body, request, services, workspace, transact, problem }) {
    requireDecider(db)
    await requireDefaultRole(db, body.roleId)
    await countAsking(services, workspace)
    const issuer = await confirmIssuer(services, body.issuer, problem)
    return transact(async writer => {
      await requireDefaultRole(writer, body.roleId)
      const known = await findSingleSignOn(services, writer)
      const before = known && (await requireSignOn(services, writer, request.ifMatch))
      const isOther = before !== undefined && (before.issuer !== issuer || before.client_id !== body.clientId)
      if (isOther) requireOwnSecret(before, body)
      const id = before?.id ?? uuid7()
      const values = { issuer, client_id: body.clientId, role_id: body.roleId, ...sealed(id) }
      if (before) await writer.update('sign_on', 'write').set(values).where('sign_on.id', '=', id).execute()
      else await writer.insert('sign_on', { id, ...values })
      const { id: _, ...result } = (await findSingleSignOn(services, writer))!
      // Only the commit comes after it.
      if (isOther) await services.platform.transact(platform => forgetProvider(platform, workspace.id))
      return result
    })

    function sealed(id: string) {
      const { clientSecret: secret } = body
      if (secret === undefined) return {}
      return { client_secret: secret === null ? null : services.sealer.seal(secretField(workspace, id), secret) }
    }
  },
})

type MakeProblem = (code: 'provider-unusable', detail: string, extras: ProblemExtras) => ProblemError

async function confirmIssuer({ config }: Services, told: string, makeProblem: MakeProblem): Promise<string> {
  try {
    return (await discover(config, told)).issuer
  } catch (error) {
    if (!(error instanceof UnusableProviderError || error instanceof UnansweredError)) throw error
    const isUnanswered = error instanceof UnansweredError
    const message = isUnanswered ? `The provider does not answer: ${error.message}.` : error.message
    const reason: ProviderFault = isUnanswered ? 'unanswered' : error.reason
    throw makeProblem('provider-unusable', message, { errors: [{ pointer: '/issuer', message }], members: { reason } })
  }
}

// Or whoever changes the issuer would have the secret sent to a server of their own.
function requireOwnSecret(before: Row<'sign_on'>, { clientSecret }: { clientSecret?: string | null }): void {
  if (clientSecret === undefined && before.client_secret !== null)
    throw fieldProblem(
      '/clientSecret',
      'belongs to another provider or client: give this one’s, or null.',
      'rule-broken',
    )
}
