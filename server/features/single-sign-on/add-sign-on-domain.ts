import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { readDomain } from '#server/features/single-sign-on/domain-name.ts'
import {
  domainsOf,
  noteDomains,
  type StoredDomain,
  toSignOnDomain,
} from '#server/features/single-sign-on/domain-queries.ts'
import { requireSignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import { SignOnDomain } from '#server/features/single-sign-on/single-sign-on.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'

const mostDomains = 50

export const addSignOnDomain = operation({
  id: 'addSignOnDomain',
  summary: 'Add a domain of the identity provider',
  description:
    'It counts once it is verified: put the `record` of the answer into its DNS, then ask for the verification.',
  route: 'POST /api/workspaces/:workspace/single-sign-on/domains',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  body: object({ domain: Type.String({ minLength: 1, maxLength: 300 }) }),
  example: { domain: 'acme.example' },
  returns: SignOnDomain,
  status: 201,
  async run({ db, body, services, workspace }) {
    const signOn = await requireSignOn(services, db)
    const domain = readDomain(body.domain)
    const domains = await domainsOf(services.platform.db, workspace.id)
    if (domains.some(known => known.domain === domain))
      throw fieldProblem('/domain', 'is in the list already', 'conflict')
    if (domains.length >= mostDomains)
      throw fieldProblem('/domain', `would be one more than ${mostDomains}`, 'rule-broken')
    const createdAt = services.clock.now().toString({ fractionalSecondDigits: 3 })
    const added: StoredDomain = { domain, token: randomBytes(20).toString('hex'), verifiedAt: null, createdAt }
    await noteDomains(db, signOn.id, [...domains, added])
    // Only the commit comes after it.
    await services.platform.db
      .insertInto('sign_on_domain')
      .values({ workspace_id: workspace.id, domain, token: added.token, created_at: createdAt })
      .execute()
    return toSignOnDomain(added)
  },
})
