import { createHash } from 'node:crypto'
import { Code, Password } from '#server/features/accounts/account.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Email, object } from '#server/http/schemas.ts'

export const NewReset = object({ email: Email })
export const ResetConfirmation = object({ email: Email, code: Code, password: Password })

/** Who asks, kept sealed until the worker has looked whether there is such an account. */
export type ResetPayload = { email: string; address: string; userAgent: string }

export const resetField = (id: string) =>
  ({ workspace: 'platform', column: 'password_reset.payload', row: id }) as const

/** By what the requests of an address are found, without its being there to read. */
export function digestOf(email: string): Buffer {
  return createHash('sha256').update(`password-reset\n${email}`).digest()
}

export const minutesToConfirm = 15
export const mostAttempts = 5

export const resetProblems = {
  'code-rejected': { status: 422, title: 'The code is wrong, has expired or was used up' },
} as const satisfies ProblemTable
