import type { Writer } from '#server/database/door.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { SignOnDomain } from '#server/features/single-sign-on/single-sign-on.ts'
import { problem } from '#server/http/problems.ts'

export const domainColumns = [
  'sign_on_domain.domain',
  'sign_on_domain.token',
  'sign_on_domain.verified_at as verifiedAt',
  'sign_on_domain.created_at as createdAt',
] as const

export type StoredDomain = { domain: string; token: string; verifiedAt: string | null; createdAt: string }

/** A domain with the record that shows whose it is. */
export function toSignOnDomain({ domain, token, verifiedAt, createdAt }: StoredDomain): SignOnDomain {
  const record = { name: recordName(domain), type: 'TXT' as const, value: recordValue(token) }
  return { domain, verifiedAt, createdAt, record }
}

export const recordName = (domain: string) => `_kontor.${domain}`
export const recordValue = (token: string) => `kontor-verification=${token}`

export function domainsOf(db: PlatformDatabase, workspaceId: string): Promise<StoredDomain[]> {
  return db
    .selectFrom('sign_on_domain')
    .select(domainColumns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('domain')
    .execute()
}

/** The domains whose people the workspace's provider may bring. */
export async function verifiedDomains(db: PlatformDatabase, workspaceId: string): Promise<string[]> {
  return namesOf((await domainsOf(db, workspaceId)).filter(({ verifiedAt }) => verifiedAt !== null))
}

/** A domain of the workspace, or the problem that there is none. Not another workspace's: each keeps a list of its own. */
export function requireDomain(domains: readonly StoredDomain[], name: string): StoredDomain {
  const found = domains.find(({ domain }) => domain === name.toLowerCase())
  if (!found) throw problem('not-found')
  return found
}

/** Writes the list into the workspace's own row, where the history sees it change. */
export async function noteDomains(db: Writer, signOnId: string, domains: readonly StoredDomain[]): Promise<void> {
  const verified = domains.filter(({ verifiedAt }) => verifiedAt !== null)
  await db
    .update('sign_on', 'write')
    .set({ domains: namesOf(domains), verified_domains: namesOf(verified) })
    .where('sign_on.id', '=', signOnId)
    .execute()
}

function namesOf(domains: readonly StoredDomain[]): string[] {
  return domains.map(({ domain }) => domain).sort()
}
