import { sql } from 'kysely'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { guardLimits, keysOf } from '#server/features/sessions/sign-in-guard.ts'
import type { Services } from '#server/services.ts'

/** Until when; null: until there is a new password, or a sign-in in a browser that is known. */
export type Lock = { lockedUntil: string | null; failures: number }

/** The members of a workspace who are locked out at this moment. */
export function findLockedMembers(services: Services, workspaceId: string): Promise<(Lock & { memberId: string })[]> {
  return services.platform.db
    .selectFrom(locked(services).as('lock'))
    .innerJoin('membership', 'membership.account_id', 'lock.accountId')
    .where('membership.workspace_id', '=', workspaceId)
    .select(['membership.member_id as memberId', 'lock.lockedUntil', 'lock.failures'])
    .execute()
}

/** Everybody who is locked out at this moment: for the operator. */
export function findLockedAccounts(services: Services): Promise<(Lock & { email: string })[]> {
  return services.platform.db
    .selectFrom(locked(services).as('lock'))
    .innerJoin('account', 'account.id', 'lock.accountId')
    .select(['account.email', 'lock.lockedUntil', 'lock.failures'])
    .orderBy('account.email')
    .execute()
}

/** Lets somebody try again at once; what counts in a row goes on counting. @returns whether there was a lock. */
export async function liftLocks({ clock }: Services, db: PlatformDatabase, accountId: string): Promise<boolean> {
  const now = clock.now().epochMilliseconds
  let wasLocked = false
  for (const { key, lockedUntil } of await keysOf(db, accountId)) {
    wasLocked ||= lockedUntil !== null && Date.parse(lockedUntil) > now
    await db.updateTable('sign_in_guard').set({ failures: 0, locked_until: null }).where('key', '=', key).execute()
  }
  return wasLocked
}

// The longest of an account's locks: of networks, of the account as a whole, of its password and of its codes.
function locked({ platform, clock }: Services) {
  const until = sql<string | null>`max(locked_until) filter (where locked_until > ${clock.now().toString()})`
  const hasNoEnd = sql<boolean>`bool_or(consecutive >= ${guardLimits.account.most})`
  return platform.db
    .selectFrom('sign_in_guard')
    .where('account_id', 'is not', null)
    .groupBy('account_id')
    .having(sql<boolean>`(${until} is not null or ${hasNoEnd})`)
    .select([
      sql<string>`account_id`.as('accountId'),
      sql<string | null>`case when ${hasNoEnd} then null else ${until} end`.as('lockedUntil'),
      sql<number>`max(failures)`.as('failures'),
    ])
}
