import Type from 'typebox'
import { Account, Code, NewAccount } from '#server/features/accounts/account.ts'
import { Slug, WorkspaceSummary } from '#server/features/workspaces/index.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Email, Id, Instant, object, text } from '#server/http/schemas.ts'
import type { Language } from '#server/mail/language.ts'

export const NewSignup = object(
  { email: Email, ...NewAccount, workspaceName: text(200, 1), workspaceSlug: Type.Optional(Slug) },
  { $id: 'NewSignup' },
)
export const Signup = Type.Object({ id: Id, expiresAt: Instant }, { $id: 'Signup' })
export const Confirmation = object({ code: Code })
export const Confirmed = Type.Object({ account: Account, workspace: WorkspaceSummary }, { $id: 'Confirmed' })

/** What a person typed, kept sealed until they confirm. */
export type SignupPayload = {
  email: string
  name: string
  passwordHash: string
  /** Not there in what an older version sealed. */
  language?: Language
  workspaceName: string
  workspaceSlug?: string
}

export const signupField = (id: string) => ({ workspace: 'platform', column: 'signup.payload', row: id }) as const

export const codeProblems = {
  'code-rejected': { status: 422, title: 'The code is wrong, has expired or was used up' },
} as const satisfies ProblemTable
