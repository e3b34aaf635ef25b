import { checkVersion } from '#server/database/door.ts'
import { domainsOf, noteDomains, requireDomain } from '#server/features/single-sign-on/domain-queries.ts'
import { endSignOnSessions, requireSignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import { domainParams } from '#server/features/single-sign-on/verify-sign-on-domain.ts'
import { operation } from '#server/http/operation.ts'

export const removeSignOnDomain = operation({
  id: 'removeSignOnDomain',
  summary: 'Remove a domain of the identity provider',
  description:
    'At once, the provider brings nobody with such an address any more. When it was verified, all sessions that the ' +
    'provider vouched for end: whoever has an address in another domain signs in again.',
  route: 'DELETE /api/workspaces/:workspace/single-sign-on/domains/:domain',
  needs: { resource: 'workspace', action: 'write' },
  params: domainParams,
  async run({ db, params, request, services, workspace }) {
    const { platform } = services
    const signOn = await requireSignOn(services, db)
    const domains = await domainsOf(platform.db, workspace.id)
    const found = requireDomain(domains, params.domain)
    checkVersion(signOn.version, request.ifMatch)
    await noteDomains(
      db,
      signOn.id,
      domains.filter(each => each !== found),
    )
    // Only the commit comes after it.
    await platform.transact(async database => {
      await database
        .deleteFrom('sign_on_domain')
        .where('workspace_id', '=', workspace.id)
        .where('domain', '=', found.domain)
        .execute()
      // All of them, because an account keeps its address when its owner's address at the provider changes.
      if (found.verifiedAt !== null) await endSignOnSessions(database, workspace.id)
    })
    return undefined
  },
})
