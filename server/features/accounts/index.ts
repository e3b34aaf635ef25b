import { changePassword } from '#server/features/accounts/change-password.ts'
import { confirmSignup } from '#server/features/accounts/confirm-signup.ts'
import { createSignup } from '#server/features/accounts/create-signup.ts'
import { endSession } from '#server/features/accounts/end-session.ts'
import { getSession } from '#server/features/accounts/get-session.ts'
import { listSessions } from '#server/features/accounts/list-sessions.ts'
import { signIn } from '#server/features/accounts/sign-in.ts'
import { signOut } from '#server/features/accounts/sign-out.ts'
import { updateAccount } from '#server/features/accounts/update-account.ts'
import type { Feature } from '#server/http/operation.ts'

export { Account, NewAccount } from '#server/features/accounts/account.ts'
export { createAccount } from '#server/features/accounts/create-account.ts'

export const accounts: Feature = {
  name: 'accounts',
  description: 'People: signing up, signing in, their sessions and their password. One account enters many workspaces.',
  operations: [
    createSignup,
    confirmSignup,
    signIn,
    getSession,
    signOut,
    listSessions,
    endSession,
    updateAccount,
    changePassword,
  ],
}
