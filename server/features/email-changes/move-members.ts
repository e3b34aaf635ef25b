import pg from 'pg'
import type { Origin } from '#server/database/workspaces.ts'
import type { Account } from '#server/features/accounts/account.ts'
import { membershipsOf } from '#server/features/accounts/account-queries.ts'
import type { Services } from '#server/services.ts'

/**
 * Gives an account's members its new address. Where another member has that one, who had it before and whose account
 * has another one by now, or where the workspace cannot be reached, the member keeps the old one: it is for people to
 * look at, and nobody signs in by it. An open invitation of the new address goes, because a member needs none.
 */
export async function moveMembers(
  { platform, workspaces, log }: Services,
  { id, email }: Pick<Account, 'id' | 'email'>,
  origin: Origin,
): Promise<void> {
  const rows = await membershipsOf(platform.db, id)
  for (const { memberId, ...workspace } of rows) {
    try {
      await workspaces.transact(workspace, { memberId }, origin, db =>
        db.update('member', 'self').set({ email }).where('member.id', '=', memberId).execute(),
      )
      await workspaces.system(workspace, db => db.deleteFrom('invitation').where('email', '=', email).execute())
    } catch (error) {
      const why = isTaken(error) ? 'another member has the new address' : 'the workspace cannot be reached'
      log.warn({ err: error, workspace: workspace.id }, `a member keeps an old e-mail address: ${why}`)
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.constraint === 'member_email'
}
