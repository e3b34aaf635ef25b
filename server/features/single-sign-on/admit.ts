import type { Kysely } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { startSession } from '#server/features/sessions/session-queries.ts'
import { domainOf, type Person } from '#server/features/single-sign-on/person.ts'
import type { SignOn } from '#server/features/single-sign-on/sign-on-queries.ts'
import { RefusedSignOn } from '#server/features/single-sign-on/single-sign-on.ts'
import { putMembership } from '#server/features/workspaces/directory-queries.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

type Arrival = { workspace: WorkspaceAddress; signOn: SignOn; person: Person; request: RequestFacts }
type Account = { id: string; email: string; name: string }

/** Somebody whom the provider switches off is out here within this time. */
const hoursOfSession = 24

/**
 * Lets somebody in whom the workspace's provider vouches for: makes what is missing of account and member, and starts a
 * session of this workspace alone. @returns its token. @throws RefusedSignOn
 */
export async function admit(services: Services, { workspace, signOn, person, request }: Arrival): Promise<string> {
  const { platform, workspaces, clock } = services
  const account = await platform.transact(db => findOrMakeAccount(db, workspace.id, person))
  const workspaceId = workspace.id
  const { token, isNew } = await workspaces.system(
    workspace,
    async db => {
      await requireStill(db, signOn)
      const { memberId, isNew } = await findOrMakeMember(db, account, signOn.roleId, clock.now().toString())
      // Only the workspace's commit comes after it. Killed in between, the next sign-in makes the member again.
      const token = await platform.transact(async database => {
        await requireDomain(database, workspaceId, domainOf(person.email))
        await putMembership(database, { accountId: account.id, workspaceId, memberId })
        const method = 'single_sign_on'
        await recordSecurityEvent(services, database, {
          accountId: account.id,
          kind: 'signed_in',
          request,
          details: { method },
        })
        return startSession(services, database, account.id, request, { method, workspaceId, hours: hoursOfSession })
      })
      return { token, isNew }
    },
    'single-sign-on',
  )
  if (isNew) services.events.wake(workspace.schema)
  return token
}

// By the subject, which never changes; else by the address. Committed by itself, so that it waits for nothing in the
// workspace while it holds a new address.
async function findOrMakeAccount(db: PlatformDatabase, workspaceId: string, person: Person): Promise<Account> {
  const known = await findByIdentity(db, workspaceId, person)
  if (known) return known
  const { id } = (await findByEmail(db, person.email)) ?? (await makeAccount(db, person))
  await db
    .insertInto('sign_on_identity')
    .values({ workspace_id: workspaceId, issuer: person.issuer, subject: person.subject, account_id: id })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  // Another callback of the same person may have been first.
  return (await findByIdentity(db, workspaceId, person))!
}

function findByIdentity(db: PlatformDatabase, workspaceId: string, { issuer, subject }: Person) {
  return db
    .selectFrom('sign_on_identity')
    .innerJoin('account', 'account.id', 'sign_on_identity.account_id')
    .select(['account.id', 'account.email', 'account.name'])
    .where('sign_on_identity.workspace_id', '=', workspaceId)
    .where('sign_on_identity.issuer', '=', issuer)
    .where('sign_on_identity.subject', '=', subject)
    .executeTakeFirst()
}

function findByEmail(db: PlatformDatabase, email: string) {
  return db.selectFrom('account').select('id').where('email', '=', email).executeTakeFirst()
}

async function makeAccount(db: PlatformDatabase, { email, name, language }: Person): Promise<{ id: string }> {
  const made = await db
    .insertInto('account')
    .values({ id: uuid7(), email, name, language, password_hash: null })
    .onConflict(conflict => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return made ?? (await findByEmail(db, email))!
}

// Held until the end: a provider that is changed meanwhile waits, and then ends this session with the others.
async function requireStill(db: Kysely<WorkspaceTables>, { id, issuer, clientId }: SignOn): Promise<void> {
  const row = await db
    .selectFrom('sign_on')
    .select('id')
    .where('id', '=', id)
    .where('issuer', '=', issuer)
    .where('client_id', '=', clientId)
    .forShare()
    .executeTakeFirst()
  if (!row) throw new RefusedSignOn('sign-on-expired', 'the provider was changed meanwhile')
}

// The same for the domain.
async function requireDomain(db: PlatformDatabase, workspaceId: string, domain: string): Promise<void> {
  const row = await db
    .selectFrom('sign_on_domain')
    .select('domain')
    .where('workspace_id', '=', workspaceId)
    .where('domain', '=', domain)
    .where('verified_at', 'is not', null)
    .forShare()
    .executeTakeFirst()
  if (!row) throw new RefusedSignOn('domain-unverified', 'the domain was removed meanwhile')
}

type Found = { memberId: string; isNew: boolean }

async function findOrMakeMember(
  db: Kysely<WorkspaceTables>,
  account: Account,
  defaultRole: string,
  now: string,
): Promise<Found> {
  const known = await findMember(db, account)
  if (known) return known
  const invited = await db
    .deleteFrom('invitation')
    .where('email', '=', account.email)
    .returning(['role_id as roleId', 'expires_at as expiresAt'])
    .executeTakeFirst()
  const isOpen = invited !== undefined && Date.parse(invited.expiresAt) > Date.parse(now)
  const memberId = uuid7()
  const made = await db
    .insertInto('member')
    .values({
      id: memberId,
      account_id: account.id,
      email: account.email,
      name: account.name,
      role_id: isOpen ? invited.roleId : defaultRole,
      confirmed_at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) return { memberId, isNew: true }
  // Another callback was first; else the address is that of a member with another account.
  const other = await findMember(db, account)
  if (!other) throw new RefusedSignOn('address-taken')
  return other
}

/** The member that the account is. Whoever was deactivated stays out, and nobody's role changes by signing in. */
async function findMember(db: Kysely<WorkspaceTables>, account: Account): Promise<Found | undefined> {
  const row = await db
    .selectFrom('member')
    .select(['id', 'active', 'account_id as accountId'])
    .where(eb =>
      eb.or([
        eb('account_id', '=', account.id),
        // A person of whom there was only the address so far.
        eb.and([eb('account_id', 'is', null), eb('email', '=', account.email)]),
      ]),
    )
    .orderBy('account_id', sql => sql.asc().nullsLast())
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  if (!row.active) throw new RefusedSignOn('member-inactive')
  if (row.accountId === null)
    await db.updateTable('member').set({ account_id: account.id }).where('id', '=', row.id).execute()
  return { memberId: row.id, isNew: false }
}
