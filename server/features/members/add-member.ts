import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { createAccount } from '#server/features/accounts/index.ts'
import { putMembership } from '#server/features/workspaces/directory-queries.ts'
import type { Services } from '#server/services.ts'

type NewMember = {
  email: string
  name: string
  role: 'admin' | 'manager' | 'member' | 'guest'
  password?: string
  isVouchedFor?: boolean
}

/**
 * Makes somebody an active member with a built-in role, for operators: without an invitation. An account is made where
 * there is none; without a password nobody knows it, and until they sign in they do not count as an admin who is left.
 * Idempotent: a member that is there gets the role.
 */
export async function addMember(
  services: Services,
  workspace: WorkspaceAddress,
  { email: address, name, role, password, isVouchedFor = password !== undefined }: NewMember,
): Promise<{ memberId: string; accountId: string; isNewAccount: boolean }> {
  const email = address.toLowerCase()
  const secret = password ?? randomBytes(24).toString('base64url')
  const account = await createAccount(services, { email, name, password: secret })
  const memberId = await services.workspaces.system(
    workspace,
    async db => {
      const { id: roleId } = await db
        .selectFrom('role')
        .select('id')
        .where('builtin', '=', role)
        .executeTakeFirstOrThrow()
      const confirmed = isVouchedFor || !account.isNew ? { confirmed_at: sql<string>`now()` } : {}
      const values = { account_id: account.id, role_id: roleId, active: true, ...confirmed }
      const there = await db
        .updateTable('member')
        .set(values)
        .where('email', '=', email)
        .returning('id')
        .executeTakeFirst()
      await db.deleteFrom('invitation').where('email', '=', email).execute()
      if (there) return there.id
      const id = uuid7()
      await db
        .insertInto('member')
        .values({ id, email, name: account.name, ...values })
        .execute()
      return id
    },
    'operator',
  )
  await putMembership(services.platform.db, { accountId: account.id, workspaceId: workspace.id, memberId })
  return { memberId, accountId: account.id, isNewAccount: account.isNew }
}
