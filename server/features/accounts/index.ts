import { changePassword } from '#server/features/accounts/change-password.ts'
import { confirmSignup } from '#server/features/accounts/confirm-signup.ts'
import { createSignup } from '#server/features/accounts/create-signup.ts'
import { deleteAccount } from '#server/features/accounts/delete-account.ts'
import { updateAccount } from '#server/features/accounts/update-account.ts'
import type { Feature } from '#server/http/operation.ts'

export { Account, NewAccount } from '#server/features/accounts/account.ts'
export { createAccount } from '#server/features/accounts/create-account.ts'

export const accounts: Feature = {
  name: 'accounts',
  description: 'People: signing up, and what an account is. One account enters many workspaces.',
  operations: [createSignup, confirmSignup, updateAccount, deleteAccount, changePassword],
}
