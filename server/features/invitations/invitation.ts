import Type, { type Static } from 'typebox'
import { Account, NewAccount } from '#server/features/accounts/index.ts'
import { WorkspaceSummary } from '#server/features/workspaces/index.ts'
import { commonProblems, type ProblemTable } from '#server/http/problems.ts'
import { Email, Id, Instant, nullable, object, Version } from '#server/http/schemas.ts'

export const Invitation = Type.Object(
  {
    id: Id,
    email: Email,
    roleId: Id,
    inviterId: nullable(Id),
    createdAt: Instant,
    expiresAt: Instant,
    version: Version,
  },
  { $id: 'Invitation' },
)
export type Invitation = Static<typeof Invitation>

export const NewInvitation = object({ email: Email, roleId: Id }, { $id: 'NewInvitation' })

/** What the holder of the token sees, who is the addressee. */
export const OpenInvitation = Type.Object(
  {
    workspace: Type.Object({ name: Type.String(), slug: Type.String() }),
    email: Email,
    inviterName: nullable(Type.String()),
    hasAccount: Type.Boolean({ description: 'Whether to sign in with the address or to choose a password' }),
    expiresAt: Instant,
  },
  { $id: 'OpenInvitation' },
)

export const Acceptance = Type.Partial(object(NewAccount), {
  additionalProperties: false,
  description: 'For a new account; empty for somebody who is signed in with the address',
})
export const Accepted = Type.Object(
  { account: Account, workspace: WorkspaceSummary, memberId: Id },
  { $id: 'Accepted' },
)

export const tokenParams = object({
  workspace: Type.String({ maxLength: 48, description: "The workspace's slug" }),
  token: Type.String({ maxLength: 200, description: 'From the link in the mail' }),
})

export const acceptanceProblems = {
  'not-signed-in': commonProblems['not-signed-in'],
  'other-account': { status: 403, title: 'The invitation is for another address' },
} as const satisfies ProblemTable
