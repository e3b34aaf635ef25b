import type { Permissions } from '#client'
import type { Resource, Scope } from '#web/shell/use-permission.ts'

/** From the least to the most: each contains those before it. */
export const scopes: readonly Scope[] = ['none', 'own', 'project', 'all']

export type Cell = { resource: Resource; action: string; scope: Scope }

/** The rows of a matrix in the order that the server gives them. */
export function rowsOf(permissions: Permissions): { resource: Resource; cells: Cell[] }[] {
  return (Object.keys(permissions) as Resource[]).map(resource => ({
    resource,
    cells: Object.entries(permissions[resource]).map(([action, scope]) => ({ resource, action, scope })),
  }))
}

/** The matrix with one cell changed. */
export function withScope(permissions: Permissions, { resource, action, scope }: Cell): Permissions {
  return { ...permissions, [resource]: { ...permissions[resource], [action]: scope } }
}

/** The scopes up to the caller's own (nobody gives away more than they have) that the API takes for the action. */
export function scopesUpTo(most: Scope, { resource, action }: Pick<Cell, 'resource' | 'action'>): readonly Scope[] {
  const known: readonly Scope[] = wholeOrNone.has(`${resource}.${action}`) ? ['none', 'all'] : scopes
  return known.filter(scope => scopes.indexOf(scope) <= scopes.indexOf(most))
}

type WholeOrNone = {
  [R in Resource]: {
    [A in keyof Permissions[R] & string]: 'own' extends Permissions[R][A] ? never : `${R}.${A}`
  }[keyof Permissions[R] & string]
}[Resource]

// What concerns the whole workspace is had or not had. The type follows from the API, so a change there shows here.
const wholeOrNone = new Set<string>(
  Object.keys({
    'tag.create': true,
    'tag.update': true,
    'tag.delete': true,
    'member.write': true,
    'role.read': true,
    'role.write': true,
    'workspace.read': true,
    'workspace.write': true,
    'integration.read': true,
    'integration.write': true,
    'webhook.read': true,
    'webhook.write': true,
    'audit.export': true,
  } satisfies Record<WholeOrNone, true>),
)

export function scopeOf(permissions: Permissions, resource: Resource, action: string): Scope {
  const row: Record<string, Scope> = permissions[resource]
  return row[action] ?? 'none'
}
