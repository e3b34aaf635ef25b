// Roles as a matrix: resource × action → scope. Scopes contain one another: all ⊇ project ⊇ own ⊇ none.

export const scopes = ['none', 'own', 'project', 'all'] as const
export type Scope = (typeof scopes)[number]

/** Every action there is. The order is the order in which people are shown them. */
export const actionsOf = {
  project: ['read', 'write'],
  task: ['read', 'create', 'update', 'delete'],
  comment: ['read', 'create', 'update', 'delete'],
  attachment: ['read', 'create', 'delete'],
  tag: ['read', 'create', 'update', 'delete'],
  time_entry: ['read', 'write'],
  member: ['read', 'write'],
  role: ['read', 'write'],
  workspace: ['read', 'write'],
  integration: ['read', 'write'],
  webhook: ['read', 'write'],
  audit: ['read', 'export'],
} as const

// What belongs to the workspace as a whole is nobody's own and in no project: one may, or may not.
const wholeOrNone = [
  'tag.create',
  'tag.update',
  'tag.delete',
  'member.write',
  'role.read',
  'role.write',
  'workspace.read',
  'workspace.write',
  'integration.read',
  'integration.write',
  'webhook.read',
  'webhook.write',
  'audit.export',
] as const

/** The scopes that mean something for an action. */
export function scopesOf(resource: Resource, action: string): readonly Scope[] {
  return wholeOrNone.some(name => name === `${resource}.${action}`) ? ['none', 'all'] : scopes
}

export type Resource = keyof typeof actionsOf
export type Action<R extends Resource> = (typeof actionsOf)[R][number]
type ScopeOf<R extends Resource, A extends Action<R>> = `${R}.${A}` extends (typeof wholeOrNone)[number]
  ? 'none' | 'all'
  : Scope
export type Permissions = { [R in Resource]: { [A in Action<R>]: ScopeOf<R, A> } }
/** What an API token is limited to: an action left out is `none`. */
export type PermissionLimits = { [R in Resource]?: { [A in Action<R>]?: Scope | undefined } | undefined }
/** What an operation asks for. */
export type Need = { [R in Resource]: { resource: R; action: Action<R> } }[Resource]

export const resources = Object.keys(actionsOf) as Resource[]

type BuiltinRole = {
  builtin: 'admin' | 'manager' | 'member' | 'guest'
  name: string
  guest: boolean
  permissions: Permissions
}

// A comment or an attachment is reachable only with its task (access.ts sees to it), so "as the task" is "all" here.
export const builtinRoles: readonly BuiltinRole[] = [
  {
    builtin: 'admin',
    name: 'Admin',
    guest: false,
    permissions: {
      project: { read: 'all', write: 'all' },
      task: { read: 'all', create: 'all', update: 'all', delete: 'all' },
      comment: { read: 'all', create: 'all', update: 'all', delete: 'all' },
      attachment: { read: 'all', create: 'all', delete: 'all' },
      tag: { read: 'all', create: 'all', update: 'all', delete: 'all' },
      time_entry: { read: 'all', write: 'all' },
      member: { read: 'all', write: 'all' },
      role: { read: 'all', write: 'all' },
      workspace: { read: 'all', write: 'all' },
      integration: { read: 'all', write: 'all' },
      webhook: { read: 'all', write: 'all' },
      audit: { read: 'all', export: 'all' },
    },
  },
  {
    builtin: 'manager',
    name: 'Manager',
    guest: false,
    permissions: {
      project: { read: 'all', write: 'all' },
      task: { read: 'all', create: 'all', update: 'all', delete: 'all' },
      comment: { read: 'all', create: 'all', update: 'own', delete: 'all' },
      attachment: { read: 'all', create: 'all', delete: 'all' },
      tag: { read: 'all', create: 'all', update: 'all', delete: 'all' },
      time_entry: { read: 'all', write: 'all' },
      member: { read: 'all', write: 'none' },
      role: { read: 'all', write: 'none' },
      workspace: { read: 'all', write: 'none' },
      integration: { read: 'none', write: 'none' },
      webhook: { read: 'none', write: 'none' },
      audit: { read: 'all', export: 'none' },
    },
  },
  {
    builtin: 'member',
    name: 'Member',
    guest: false,
    permissions: {
      project: { read: 'project', write: 'none' },
      task: { read: 'project', create: 'project', update: 'project', delete: 'own' },
      comment: { read: 'all', create: 'all', update: 'own', delete: 'own' },
      attachment: { read: 'all', create: 'all', delete: 'all' },
      tag: { read: 'all', create: 'all', update: 'none', delete: 'none' },
      time_entry: { read: 'own', write: 'own' },
      member: { read: 'all', write: 'none' },
      role: { read: 'all', write: 'none' },
      workspace: { read: 'all', write: 'none' },
      integration: { read: 'none', write: 'none' },
      webhook: { read: 'none', write: 'none' },
      audit: { read: 'none', export: 'none' },
    },
  },
  {
    builtin: 'guest',
    name: 'Guest',
    guest: true,
    permissions: {
      project: { read: 'project', write: 'none' },
      task: { read: 'own', create: 'none', update: 'none', delete: 'none' },
      comment: { read: 'all', create: 'all', update: 'own', delete: 'own' },
      attachment: { read: 'all', create: 'none', delete: 'none' },
      tag: { read: 'own', create: 'none', update: 'none', delete: 'none' },
      time_entry: { read: 'none', write: 'none' },
      member: { read: 'project', write: 'none' },
      role: { read: 'none', write: 'none' },
      workspace: { read: 'all', write: 'none' },
      integration: { read: 'none', write: 'none' },
      webhook: { read: 'none', write: 'none' },
      audit: { read: 'none', export: 'none' },
    },
  },
]

/** All that can be permitted. */
export const adminPermissions: Permissions = builtinRoles.find(role => role.builtin === 'admin')!.permissions

/** Whether a matrix names every action with a scope, and nothing else. */
export function isPermissions(value: unknown): value is Permissions {
  if (!isRecord(value) || Object.keys(value).length !== resources.length) return false
  return resources.every(resource => {
    const actions: readonly string[] = actionsOf[resource]
    const row = value[resource]
    return (
      isRecord(row) &&
      Object.keys(row).length === actions.length &&
      actions.every(a => scopesOf(resource, a).some(scope => scope === row[a]))
    )
  })
}

/** The lesser of two scopes: what a token may do is never more than what its member may. */
export function lesser(a: Scope, b: Scope): Scope {
  return scopes.indexOf(a) < scopes.indexOf(b) ? a : b
}

/** Whether a matrix stays within another one: nobody gives away more than they have. An action left out is `none`. */
export function isWithin(given: PermissionLimits, own: Permissions): boolean {
  return resources.every(resource => {
    const row: Record<string, Scope | undefined> = given[resource] ?? {}
    return Object.entries(own[resource]).every(
      ([action, scope]) => scopes.indexOf(row[action] ?? 'none') <= scopes.indexOf(scope),
    )
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
