import { checkVersion } from '#server/database/door.ts'
import type { Origin } from '#server/database/workspaces.ts'
import { Account, AccountChanges } from '#server/features/accounts/account.ts'
import { membershipsOf, requireAccount } from '#server/features/accounts/account-queries.ts'
import { accountOperation, type Caller } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

export const updateAccount = accountOperation({
  id: 'updateAccount',
  summary: 'Change your account',
  description: 'A new name also replaces the old one in each of your workspaces where you still go by it.',
  route: 'PATCH /api/account',
  body: AccountChanges,
  example: { name: 'Ada de Vries', language: 'nl' },
  returns: Account,
  async run({ body, caller, request, services }) {
    const account = await services.platform.transact(async db => {
      const before = await db
        .selectFrom('account')
        .select('version')
        .where('id', '=', caller.accountId)
        .forNoKeyUpdate()
        .executeTakeFirst()
      checkVersion(before?.version, request.ifMatch)
      await db.updateTable('account').set(body).where('id', '=', caller.accountId).execute()
      return requireAccount(db, caller.accountId)
    })
    if (account.name !== caller.name) await renameMembers(services, caller, account.name, request.origin)
    return account
  },
})

// A workspace that cannot be reached now keeps the old name; it must not keep the person from having a new one.
async function renameMembers(
  { platform, workspaces, log }: Services,
  caller: Caller,
  name: string,
  origin: Origin,
): Promise<void> {
  const rows = await membershipsOf(platform.db, caller.accountId)
  for (const { memberId, ...workspace } of rows) {
    await workspaces
      .transact(workspace, { memberId }, origin, db =>
        db
          .update('member', 'self')
          .set({ name })
          .where('member.id', '=', memberId)
          .where('member.name', '=', caller.name)
          .execute(),
      )
      .catch(error => log.warn({ err: error, workspace: workspace.id }, 'a member keeps an old name'))
  }
}
