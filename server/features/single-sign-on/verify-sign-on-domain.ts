import type { Resolver } from 'node:dns/promises'
import Type from 'typebox'
import {
  domainsOf,
  noteDomains,
  recordName,
  recordValue,
  requireDomain,
  type StoredDomain,
  toSignOnDomain,
} from '#server/features/single-sign-on/domain-queries.ts'
import { countAsking, requireDecider, requireSignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import {
  domainProblems,
  type RecordFault,
  recordFaults,
  SignOnDomain,
} from '#server/features/single-sign-on/single-sign-on.ts'
import { operation } from '#server/http/operation.ts'
import { object, workspaceParams } from '#server/http/schemas.ts'

export const domainParams = object({ ...workspaceParams, domain: Type.String({ maxLength: 253 }) })

export const verifySignOnDomain = operation({
  id: 'verifySignOnDomain',
  summary: 'Verify a domain by its DNS record',
  description:
    'Looks for the `record` of the domain. A new record may take some minutes to be seen everywhere. In the problem ' +
    `\`record-missing\`, \`reason\` is one of ${recordFaults.map(word => `\`${word}\``).join(', ')}.`,
  route: 'POST /api/workspaces/:workspace/single-sign-on/domains/:domain/verification',
  needs: { resource: 'workspace', action: 'write' },
  params: domainParams,
  returns: SignOnDomain,
  problems: domainProblems,
  // Name servers may take their time: meanwhile it holds no connection.
  transaction: 'own',
  async run({ db, params, services, workspace, transact, problem }) {
    requireDecider(db)
    const { platform, clock, dns } = services
    const asked = requireDomain(await domainsOf(platform.db, workspace.id), params.domain)
    if (asked.verifiedAt === null) {
      await countAsking(services, workspace)
      const missing = await whatIsMissing(dns, asked)
      if (missing) throw problem('record-missing', missing.sentence, { members: { reason: missing.reason } })
    }
    return transact(async writer => {
      const signOn = await requireSignOn(services, writer)
      const domains = await domainsOf(platform.db, workspace.id)
      const found = requireDomain(domains, params.domain)
      if (found.verifiedAt !== null) return toSignOnDomain(found)
      // Taken away and added again meanwhile: what was seen is not its record.
      if (found.token !== asked.token) throw problem('not-found')
      const verified = { ...found, verifiedAt: clock.now().toString({ fractionalSecondDigits: 3 }) }
      await noteDomains(writer, signOn.id, domains.with(domains.indexOf(found), verified))
      // Only the commit comes after it. A unique index knows whether another workspace was first.
      await platform.db
        .updateTable('sign_on_domain')
        .set({ verified_at: verified.verifiedAt })
        .where('workspace_id', '=', workspace.id)
        .where('domain', '=', found.domain)
        .execute()
      return toSignOnDomain(verified)
    }, '')
  },
})

type Missing = { reason: RecordFault; sentence: string }

/** What keeps the record from being seen; undefined: it is there. */
async function whatIsMissing(dns: Resolver, { domain, token }: StoredDomain): Promise<Missing | undefined> {
  const name = recordName(domain)
  try {
    const records = (await dns.resolveTxt(name)).map(pieces => pieces.join(''))
    if (records.includes(recordValue(token))) return undefined
    const sentence = `The TXT record at ${name} says something else. Enter the value exactly as it stands here.`
    return { reason: 'different', sentence }
  } catch (error) {
    const isAbsent = ['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '')
    return isAbsent
      ? {
          reason: 'absent',
          sentence: `There is no TXT record at ${name} yet. It may take some minutes until it is seen.`,
        }
      : { reason: 'unanswered', sentence: `The name servers of ${domain} do not answer. Try again in some minutes.` }
  }
}
