import { type RawBuilder, sql } from 'kysely'
import { type Access, conditionFor, placeFor, type ResourceName } from '#server/permissions/access.ts'
import { all, type Condition, mine, never, type Rule } from '#server/permissions/conditions.ts'
import { policies } from '#server/permissions/policies.ts'
import type { Permissions, Resource, Scope } from '#server/permissions/roles.ts'

/** What is asked: may somebody do this? */
export type Question = { resource: Resource; action: string }

/** By which rule something is permitted or not. */
export const ruleWords = [
  'all',
  'project',
  'own',
  'self',
  'role',
  'token',
  'unreadable',
  'task',
  'audit',
  'beyond-own',
  'not-in-project',
  'not-own',
  'deactivated',
] as const
export type RuleWord = (typeof ruleWords)[number]

/** What a question is about: a row of the resource, or for `create` of what the new one is put into. */
export function objectOf({ resource, action }: Question): { resource: ResourceName; permits: Rule } | undefined {
  const reads = (of: ResourceName) => (access: Access) => conditionFor(access, of, 'read' as never)
  const { parent } = policies[resource] as { parent?: { resource: ResourceName } }
  if (action === 'create') {
    if (!parent) return undefined
    return { resource: parent.resource, permits: a => all(reads(parent.resource)(a), placeFor(a, resource)!.condition) }
  }
  if (!(action in policies[resource].rules)) return undefined
  return { resource, permits: a => all(reads(resource)(a), conditionFor(a, resource, action as never)) }
}

/** The scope that an access has for an action. */
export function scopeIn(permissions: Permissions, { resource, action }: Question): Scope {
  return (permissions[resource] as Record<string, Scope>)[action] ?? 'none'
}

/**
 * The very conditions that decide, to be evaluated on one row: as they are, and as they would be with another scope, which
 * tells what of the rule it hangs on.
 */
export function partsOf(access: Access, question: Question): Record<Part, Condition> {
  const object = objectOf(question)!
  const withScope = (scope: Scope) => object.permits(widened(access, question, scope))
  return {
    allowed: object.permits(access),
    readable: conditionFor(access, object.resource, 'read' as never),
    withOwn: withScope('own'),
    withAll: withScope('all'),
  }
}

type Part = 'allowed' | 'readable' | 'withOwn' | 'withAll'

function widened(access: Access, { resource, action }: Question, scope: Scope): Access {
  const row = { ...access.permissions[resource], [action]: scope }
  return { ...access, permissions: { ...access.permissions, [resource]: row } as Permissions }
}

/** Names the rule behind what was evaluated. */
export function ruleOf(question: Question, scope: Scope, { allowed, readable, withOwn, withAll }: Evaluated): RuleWord {
  if (allowed) {
    if (scope === 'none') return 'self'
    return scope === 'all' ? 'all' : withOwn ? 'own' : 'project'
  }
  if (scope === 'none') return 'role'
  if (!readable && question.action !== 'read') return 'unreadable'
  if (!withAll) return question.resource === 'comment' || question.resource === 'attachment' ? 'task' : 'audit'
  return scope === 'own' ? 'not-own' : 'not-in-project'
}

export type Evaluated = Record<Part, boolean>

/** Without an object, the role's scope is the answer, unless another of its permissions takes it away altogether. */
export function ruleWithoutObject(access: Access, question: Question): RuleWord {
  const scope = scopeIn(access.permissions, question)
  if (scope === 'none') return 'role'
  if (objectOf(question)?.permits(access) === never) return 'audit'
  return scope
}

/** What is true of an object and a member, for people to understand the rule by. It decides nothing. */
export function factsOf(access: Access, resource: ResourceName): Record<string, Condition> {
  const is = (column: string) => mine(column)(access)
  const task = (column: 'comment' | 'attachment') =>
    sql`(select task.project_id from task where task.id = ${sql.ref(`${column}.task_id`)})`
  const inProject = (project: RawBuilder<unknown>): Record<string, Condition> => ({
    'project-member': sql`exists (select from project_member as named where named.project_id = ${project}
      and named.member_id = ${access.memberId})`,
    'private-project': sql`exists (select from project as place where place.id = ${project} and place.private)`,
  })
  const facts: Partial<Record<ResourceName, Record<string, Condition>>> = {
    project: inProject(sql`project.id`),
    task: {
      creator: is('task.creator_id'),
      assignee: is('task.assignee_id'),
      viewer: sql`exists (select from task_viewer as seen where seen.task_id = task.id
        and seen.member_id = ${access.memberId})`,
      ...inProject(sql`task.project_id`),
    },
    comment: { author: is('comment.author_id'), ...inProject(task('comment')) },
    attachment: { creator: is('attachment.creator_id'), ...inProject(task('attachment')) },
    time_entry: { author: is('time_entry.member_id'), ...inProject(sql`time_entry.project_id`) },
    audit: { author: is('audit_event.member_id'), ...inProject(sql`audit_event.project_id`) },
    member: { self: is('member.id') },
    role: { self: sql`role.id = ${access.roleId}` },
  }
  return facts[resource] ?? {}
}

/** The words of `factsOf`, and whether the member is a guest. */
export const factWords = [
  'guest',
  'creator',
  'assignee',
  'viewer',
  'author',
  'self',
  'project-member',
  'private-project',
] as const
export type FactWord = (typeof factWords)[number]
