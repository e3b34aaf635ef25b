import { sql } from 'kysely'
import { passwordProblem } from '#server/crypto/password-rules.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { Account, SignedIn } from '#server/features/accounts/account.ts'
import { workspacesOf } from '#server/features/workspaces/directory-queries.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import type { Language } from '#server/mail/language.ts'

const accountColumns = ['id', 'email', 'name', 'language', 'created_at as createdAt', 'version'] as const

/** A new account, or undefined: there is one with this address. */
export function insertAccount(
  db: PlatformDatabase,
  { email, name, passwordHash, language }: { email: string; name: string; passwordHash: string; language?: Language },
): Promise<Account | undefined> {
  return db
    .insertInto('account')
    .values({ id: uuid7(), email, name, password_hash: passwordHash, ...(language ? { language } : {}) })
    .onConflict(conflict => conflict.column('email').doNothing())
    .returning(accountColumns)
    .executeTakeFirst()
}

export function findAccountByEmail(db: PlatformDatabase, email: string): Promise<Account | undefined> {
  return db.selectFrom('account').select(accountColumns).where('email', '=', email).executeTakeFirst()
}

export async function requireAccount(db: PlatformDatabase, id: string): Promise<Account> {
  const account = await db.selectFrom('account').select(accountColumns).where('id', '=', id).executeTakeFirst()
  if (!account) throw problem('not-signed-in')
  return account
}

const mostWorkspaces = 200

/**
 * The account and its workspaces; who is in more of them pages through `GET /api/workspaces`.
 * @param only the one that the session enters, when a workspace's identity provider vouched for it.
 */
export async function signedIn(db: PlatformDatabase, accountId: string, only: string | null = null): Promise<SignedIn> {
  const account = await requireAccount(db, accountId)
  const workspaces = await workspacesOf(db, accountId, only)
    .orderBy('workspace.name')
    .orderBy('workspace.id')
    .limit(mostWorkspaces)
    .execute()
  return { account, workspaces }
}

/** Where an account is a member, in workspaces that can be reached now. */
export function membershipsOf(db: PlatformDatabase, accountId: string) {
  return db
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
    .select([
      'workspace.id',
      'workspace.slug',
      'workspace.schema',
      'workspace.login_key as loginKey',
      'membership.member_id as memberId',
    ])
    .where('membership.account_id', '=', accountId)
    .where('workspace.status', '=', 'active')
    .execute()
}

/** Whether signing in takes more than a password: an authenticator app or a passkey. */
export async function hasSecondFactor(db: PlatformDatabase, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select from totp where account_id = ${accountId} and confirmed_at is not null
    union all select from passkey where account_id = ${accountId}
    limit 1`.execute(db)
  return rows.length > 0
}

/** Refuses a new password that the rules forbid. With a second factor it may be shorter. */
export function checkNewPassword(
  password: string,
  owner: { email: string; name: string; secondFactor?: boolean },
): void {
  const refused = passwordProblem(password, owner)
  if (refused) throw fieldProblem('/password', refused, 'rule-broken')
}
