import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { requireGivableRole } from '#server/features/roles/role-queries.ts'
import type { Client } from '#server/features/single-sign-on/identity-provider.ts'
import type { SingleSignOn } from '#server/features/single-sign-on/single-sign-on.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import { linkTo } from '#server/mail/link.ts'
import { mayInsert } from '#server/permissions/access.ts'
import type { Services } from '#server/services.ts'

/** Where providers send people back to: one address for all, so that nothing in a request decides on it. */
export function redirectUri({ config }: Services): string {
  return linkTo(config, '/api/single-sign-on/callback')
}

/** How the workspace's members sign in elsewhere, if they do and the caller may know. */
export async function findSingleSignOn(
  services: Services,
  db: Reader,
): Promise<(SingleSignOn & { id: string }) | undefined> {
  const found = await db
    .rows('sign_on')
    .select([
      'sign_on.id',
      'sign_on.issuer',
      'sign_on.client_id as clientId',
      sql<boolean>`sign_on.client_secret is not null`.as('hasClientSecret'),
      'sign_on.role_id as roleId',
      'sign_on.created_at as createdAt',
      'sign_on.updated_at as updatedAt',
      'sign_on.version',
    ])
    .executeTakeFirst()
  return found && { ...found, redirectUri: redirectUri(services) }
}

/** The same to be changed and, in a transaction, locked. Everything below it waits for the provider. */
export async function requireSignOn(services: Services, db: Reader, ifMatch?: string) {
  const found = await findSingleSignOn(services, db)
  if (!found) throw problem('not-found', 'Connect an identity provider first.')
  return db.require('sign_on', found.id, 'write', ifMatch)
}

/** Before anybody outside is asked. */
export function requireDecider({ access }: Reader): void {
  if (mayInsert(access, 'sign_on')) return
  throw problem(
    'forbidden',
    'An identity provider signs in admins too, so it is decided on by those who may do everything.',
  )
}

/** A role for people who come by themselves: nobody becomes an admin like that. */
export async function requireDefaultRole(db: Reader, roleId: string): Promise<void> {
  await requireGivableRole(db, roleId)
  const { builtin } = await db.require('role', roleId)
  if (builtin === 'admin')
    throw fieldProblem('/roleId', 'must not be Admin: make somebody an admin by hand.', 'rule-broken')
}

const askedPerHour = 60

/** What an admin does here makes this server ask others, so it is counted. */
export async function countAsking(services: Services, workspace: WorkspaceAddress): Promise<void> {
  const limit = { bucket: bucketOf('sign-on-settings', workspace.id), limit: askedPerHour, seconds: 3600 }
  const waitSeconds = await takeFromLimits(services, [limit])
  if (waitSeconds > 0) throw problem('too-many-requests', undefined, { retryAfterSeconds: waitSeconds })
}

export type SignOn = Client & { id: string; issuer: string; roleId: string }

/** The same for somebody who is not signed in yet. */
export async function findSignOn(
  { workspaces, sealer }: Services,
  workspace: WorkspaceAddress,
): Promise<SignOn | undefined> {
  const row = await workspaces.system(workspace, db =>
    db
      .selectFrom('sign_on')
      .select(['id', 'issuer', 'client_id as clientId', 'client_secret as sealed', 'role_id as roleId'])
      .executeTakeFirst(),
  )
  if (!row) return undefined
  const { sealed, ...signOn } = row
  return { ...signOn, clientSecret: sealed === null ? null : sealer.open(secretField(workspace, row.id), sealed) }
}

export function secretField(workspace: WorkspaceAddress, id: string) {
  return { workspace: workspace.id, column: 'sign_on.client_secret', row: id } as const
}

/** Ends what a provider vouched for, and forgets whom it knew: the next one knows them under other names. */
export async function forgetProvider(db: PlatformDatabase, workspaceId: string): Promise<void> {
  await db.deleteFrom('sign_on_attempt').where('workspace_id', '=', workspaceId).execute()
  await db.deleteFrom('sign_on_identity').where('workspace_id', '=', workspaceId).execute()
  await endSignOnSessions(db, workspaceId)
}

export async function endSignOnSessions(db: PlatformDatabase, workspaceId: string): Promise<void> {
  await db.deleteFrom('session').where('workspace_id', '=', workspaceId).execute()
}
