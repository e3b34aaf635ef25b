import Type, { type Static, type TSchema } from 'typebox'
import type { ProblemTable } from '#server/http/problems.ts'
import { changes, Id, Instant, nullable, object, oneOf, text, Version } from '#server/http/schemas.ts'
import { actionsOf, type PermissionLimits, type Permissions, resources, scopesOf } from '#server/permissions/roles.ts'

const Name = text(60, 1)
const Guest = Type.Boolean({
  description: 'Reaches only the projects that name them: what is open to everyone is not open to guests',
})

/** The whole matrix: every resource, every action, and nothing else. */
export const PermissionMatrix = Type.Unsafe<Permissions>(
  matrix(object, {
    $id: 'Permissions',
    description: 'Resource → action → scope. `all` contains `project`, which contains `own`.',
  }),
)

/** A part of the matrix: what is left out is `none`. */
export const PermissionPart = Type.Unsafe<PermissionLimits>(
  matrix(partial, { $id: 'PermissionLimits', description: 'Resource → action → scope; what is left out is `none`' }),
)

type Options = { $id?: string; description?: string }
type Fields = Record<string, TSchema>

function partial(fields: Fields, options: Options = {}): TSchema {
  return Type.Partial(object(fields), { additionalProperties: false, ...options })
}

function matrix(make: (fields: Fields, options?: Options) => TSchema, options: Options): TSchema {
  const rows = resources.map(resource => {
    const actions = actionsOf[resource].map(action => [action, oneOf(scopesOf(resource, action))])
    return [resource, make(Object.fromEntries(actions))]
  })
  return make(Object.fromEntries(rows), options)
}

export const Role = Type.Object(
  {
    id: Id,
    name: Name,
    builtin: nullable(oneOf(['admin', 'manager', 'member', 'guest'], { description: 'Built in: cannot be changed' })),
    guest: Guest,
    permissions: PermissionMatrix,
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'Role' },
)
export type Role = Static<typeof Role>

export const NewRole = object(
  { name: Name, guest: Type.Optional(Guest), permissions: PermissionMatrix },
  { $id: 'NewRole' },
)
export const RoleChanges = changes({ name: Name, guest: Guest, permissions: PermissionMatrix })

export const roleProblems = {
  'built-in-role': { status: 409, title: 'A built-in role cannot be changed or deleted' },
} as const satisfies ProblemTable
