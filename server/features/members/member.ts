import Type, { type Static } from 'typebox'
import { PermissionMatrix, Role } from '#server/features/roles/index.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { changes, Id, Instant, nullable, text, Version } from '#server/http/schemas.ts'

const Name = text(200, 1)

export const Member = Type.Object(
  {
    id: Id,
    name: Name,
    email: nullable(Type.String({ description: "Guests see nobody else's" })),
    roleId: Id,
    active: Type.Boolean({ description: 'Whether they can enter; what they did stays' }),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'Member' },
)
export type Member = Static<typeof Member>

export const MemberChanges = changes({ name: Name, roleId: Id, active: Type.Boolean() })
export const Me = Type.Object({ member: Member, role: Role, permissions: PermissionMatrix }, { $id: 'Me' })

export const memberProblems = {
  'member-has-time': { status: 409, title: 'Somebody with time entries cannot be removed' },
} as const satisfies ProblemTable
