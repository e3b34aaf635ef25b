import { type Condition, never, type Rule } from '#server/permissions/conditions.ts'
import { type Policy, policies } from '#server/permissions/policies.ts'
import type { Permissions } from '#server/permissions/roles.ts'

/** Who asks, in one workspace: read from the database, and confirmed by it in every statement that relies on it. */
export type Access = {
  memberId: string
  roleId: string
  roleVersion: number
  guest: boolean
  permissions: Permissions
  tokenId: string | null
}

/** The one place where (resource, action, member) becomes a condition on the resource's table. */
export function conditionFor<R extends ResourceName>(access: Access, resource: R, action: RuleOf<R>): Condition {
  const rules: Record<string, Rule> = policies[resource].rules
  return rules[action]!(access)
}

/** Where a new row may be put: the parent's resource, the column that names it, and the condition on the parent. */
export function placeFor(
  access: Access,
  resource: ResourceName,
): { resource: ResourceName; column: string; condition: Condition } | undefined {
  const policy: Policy = policies[resource]
  return (
    policy.parent && {
      resource: policy.parent.resource,
      column: policy.parent.column,
      condition: policy.parent.rule(access),
    }
  )
}

/** Whether the caller may make a new row of a resource that has no parent. */
export function mayInsert(access: Access, resource: ResourceName): boolean {
  const rules: Record<string, Rule> = policies[resource].rules
  return (rules.create ?? rules.write)?.(access) !== never
}

export type ResourceName =
  | 'project'
  | 'task'
  | 'comment'
  | 'attachment'
  | 'time_entry'
  | 'tag'
  | 'member'
  | 'invitation'
  | 'role'
  | 'workspace'
  | 'webhook'
  | 'webhook_delivery'
  | 'integration'
  | 'audit'
  | 'audit_tree'
  | 'audit_tile'
  | 'audit_checkpoint'
  | 'audit_export'
  | 'audit_erasure'
  | 'history'
  | 'event'
  | 'notification'
  | 'view'
  | 'api_token'
  | 'import'
  | 'sign_on'
export type TableOf<R extends ResourceName> = (typeof policies)[R]['table']
export type RuleOf<R extends ResourceName> = keyof (typeof policies)[R]['rules'] & string
