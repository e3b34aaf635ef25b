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

/** The scopes up to the caller's own: nobody gives away more than they have. */
export function scopesUpTo(most: Scope): readonly Scope[] {
  return scopes.slice(0, scopes.indexOf(most) + 1)
}

export function scopeOf(permissions: Permissions, resource: Resource, action: string): Scope {
  const row: Record<string, Scope> = permissions[resource]
  return row[action] ?? 'none'
}
