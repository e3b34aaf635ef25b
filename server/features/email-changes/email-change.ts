import Type from 'typebox'
import type { ProblemTable } from '#server/http/problems.ts'
import { Email, Instant, object } from '#server/http/schemas.ts'

export const NewEmail = object({ email: Email })
export const EmailChange = Type.Object({ expiresAt: Instant }, { $id: 'EmailChange' })

/** The new address, kept sealed until its owner confirms it. */
export type EmailChangePayload = { email: string }

export const emailChangeField = (id: string) =>
  ({ workspace: 'platform', column: 'email_change.payload', row: id }) as const

export const minutesToConfirm = 15
export const mostAttempts = 5

export const codeProblems = {
  'code-rejected': { status: 422, title: 'The code is wrong, has expired or was used up' },
} as const satisfies ProblemTable
