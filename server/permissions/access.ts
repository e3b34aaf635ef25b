import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Permissions, Scope } from '#server/permissions/roles.ts'

/** Who asks, in one workspace: read from the database, and confirmed by it in every statement that relies on it. */
export type Access = {
  memberId: string
  roleId: string
  roleVersion: number
  guest: boolean
  permissions: Permissions
  tokenId: string | null
}

export type Condition = RawBuilder<SqlBool>
type Rule = (access: Access) => Condition

/**
 * What can be reached through the door, with the table it lies in. `places` says where a new one may be put: in
 * which rows of the parent's table.
 */
type Policy = {
  table: string
  /** Its rows never change, so nobody has the right to, and none is locked before it goes. */
  isFixed?: true
  rules: Record<string, Rule>
  parent?: { resource: ResourceName; column: string; rule: Rule }
}

const never = sql<boolean>`false`
const always = sql<boolean>`true`

const all = (...conditions: Condition[]): Condition => {
  const needed = conditions.filter(condition => condition !== always)
  if (needed.includes(never)) return never
  return needed.length === 0 ? always : sql`(${sql.join(needed, sql` and `)})`
}

const some = (...conditions: Condition[]): Condition => {
  const possible = conditions.filter(condition => condition !== never)
  if (possible.includes(always)) return always
  return possible.length === 0 ? never : sql`(${sql.join(possible, sql` or `)})`
}

/** A scope as a condition: `all` asks nothing, `project` includes `own`. */
function within(scope: Scope, byProject: () => Condition, own: () => Condition): Condition {
  if (scope === 'all') return always
  if (scope === 'project') return sql`(${byProject()} or ${own()})`
  return scope === 'own' ? own() : never
}

const ifAny = (scope: Scope): Condition => (scope === 'none' ? never : always)

// A project counts as one's own when it names the member or, except for guests, when it is not private.
function inMyProjects(column: RawBuilder<unknown>, { memberId, guest }: Access): Condition {
  const named = sql`select project_member.project_id from project_member where project_member.member_id = ${memberId}`
  if (guest) return sql`${column} in (${named})`
  return sql`${column} in (select mine.id from project as mine where not mine.private or mine.id in (${named}))`
}

const myTask = ({ memberId }: Access): Condition =>
  sql`(task.creator_id = ${memberId} or task.assignee_id = ${memberId})`

const myTaskToRead = ({ memberId }: Access): Condition =>
  sql`(task.creator_id = ${memberId} or task.assignee_id = ${memberId} or exists (
    select from task_viewer where task_viewer.task_id = task.id and task_viewer.member_id = ${memberId}))`

const byTaskProject = (access: Access) => () => inMyProjects(sql`task.project_id`, access)

const readTask: Rule = a => within(a.permissions.task.read, byTaskProject(a), () => myTaskToRead(a))
const updateTask: Rule = a =>
  all(
    readTask(a),
    within(a.permissions.task.update, byTaskProject(a), () => myTask(a)),
  )
const deleteTask: Rule = a =>
  all(
    readTask(a),
    within(a.permissions.task.delete, byTaskProject(a), () => myTask(a)),
  )

const readProject: Rule = a => {
  const mine = () => inMyProjects(sql`project.id`, a)
  return within(a.permissions.project.read, mine, mine)
}

/** The task of a comment or an attachment satisfies a rule. */
const onTask = (column: RawBuilder<unknown>, rule: Condition): Condition =>
  rule === always ? always : sql`exists (select from task where task.id = ${column} and ${rule})`

const commentRule =
  (action: 'read' | 'update' | 'delete'): Rule =>
  a =>
    all(
      onTask(sql`comment.task_id`, readTask(a)),
      within(
        a.permissions.comment[action],
        () => onTask(sql`comment.task_id`, inMyProjects(sql`task.project_id`, a)),
        () => sql`comment.author_id = ${a.memberId}`,
      ),
    )

const attachmentRule =
  (action: 'read' | 'delete'): Rule =>
  a =>
    all(
      onTask(sql`attachment.task_id`, action === 'read' ? readTask(a) : updateTask(a)),
      within(
        a.permissions.attachment[action],
        () => onTask(sql`attachment.task_id`, inMyProjects(sql`task.project_id`, a)),
        () => sql`attachment.creator_id = ${a.memberId}`,
      ),
    )

const timeRule =
  (action: 'read' | 'write'): Rule =>
  a =>
    within(
      a.permissions.time_entry[action],
      () => inMyProjects(sql`time_entry.project_id`, a),
      () => sql`time_entry.member_id = ${a.memberId}`,
    )

// People one meets: on the tasks one may read. It keeps a guest from listing the whole workspace. Everyone may know
// who they are themselves.
const readMember: Rule = a =>
  within(
    a.permissions.member.read === 'none' ? 'own' : a.permissions.member.read,
    () => sql`exists (select from task where ${readTask(a)} and (
      member.id in (task.creator_id, task.assignee_id)
      or exists (select from task_viewer where task_viewer.task_id = task.id and task_viewer.member_id = member.id)
      or exists (select from comment where comment.task_id = task.id and comment.author_id = member.id)))`,
    () => sql`member.id = ${a.memberId}`,
  )

const readTag: Rule = a => {
  const used = () => sql<boolean>`exists (
    select from task_tag join task on task.id = task_tag.task_id where task_tag.tag_id = tag.id and ${readTask(a)})`
  return within(a.permissions.tag.read, used, used)
}

const mine =
  (column: string): Rule =>
  a =>
    sql`${sql.ref(column)} = ${a.memberId}`
const administers = (a: Access): boolean => a.permissions.member.write !== 'none'

export const policies = {
  project: {
    table: 'project',
    rules: { read: readProject, write: a => all(readProject(a), writeProject(a)) },
  },
  task: {
    table: 'task',
    rules: { read: readTask, update: updateTask, delete: deleteTask },
    parent: { resource: 'project', column: 'project_id', rule: a => all(readProject(a), createTask(a)) },
  },
  comment: {
    table: 'comment',
    rules: { read: commentRule('read'), update: commentRule('update'), delete: commentRule('delete') },
    parent: {
      resource: 'task',
      column: 'task_id',
      rule: a =>
        all(
          readTask(a),
          within(a.permissions.comment.create, byTaskProject(a), () => myTaskToRead(a)),
        ),
    },
  },
  attachment: {
    table: 'attachment',
    isFixed: true,
    rules: { read: attachmentRule('read'), delete: attachmentRule('delete') },
    parent: {
      resource: 'task',
      column: 'task_id',
      rule: a =>
        all(
          updateTask(a),
          within(a.permissions.attachment.create, byTaskProject(a), () => myTask(a)),
        ),
    },
  },
  time_entry: {
    table: 'time_entry',
    rules: { read: timeRule('read'), write: timeRule('write'), self: mine('time_entry.member_id') },
    parent: {
      resource: 'project',
      column: 'project_id',
      rule: a => all(readProject(a), ifAny(a.permissions.time_entry.write)),
    },
  },
  tag: {
    table: 'tag',
    rules: {
      read: readTag,
      create: a => ifAny(a.permissions.tag.create),
      update: a => all(readTag(a), ifAny(a.permissions.tag.update)),
      delete: a => all(readTag(a), ifAny(a.permissions.tag.delete)),
    },
  },
  member: {
    table: 'member',
    rules: {
      read: readMember,
      write: a => all(readMember(a), ifAny(a.permissions.member.write)),
      // One's own name, and leaving the workspace.
      self: mine('member.id'),
    },
  },
  invitation: {
    table: 'invitation',
    rules: {
      read: a => ifAny(a.permissions.member.write),
      write: a => ifAny(a.permissions.member.write),
    },
  },
  role: {
    table: 'role',
    rules: {
      // Everyone may know the role they have themselves.
      read: a => (a.permissions.role.read === 'none' ? sql`role.id = ${a.roleId}` : always),
      write: a => ifAny(a.permissions.role.write),
    },
  },
  workspace: {
    table: 'workspace',
    rules: {
      read: a => ifAny(a.permissions.workspace.read),
      write: a => ifAny(a.permissions.workspace.write),
    },
  },
  webhook: {
    table: 'webhook',
    rules: {
      read: a => ifAny(a.permissions.webhook.read),
      write: a => ifAny(a.permissions.webhook.write),
    },
  },
  integration: {
    table: 'integration',
    rules: {
      read: a => ifAny(a.permissions.integration.read),
      write: a => ifAny(a.permissions.integration.write),
    },
  },
  audit: { table: 'audit_event', rules: { read: a => readAudit(a) } },
  // What happened to a task is part of the task. Time entries are not in it: they have readers of their own.
  history: { table: 'audit_event', rules: { read: a => readHistory(a) } },
  // That something happened, without what: for readers of the log, and of the thing itself.
  event: {
    table: 'audit_event',
    rules: { read: a => some(readAudit(a), readHistory(a), readGone(a), ...ofEntity(a)) },
  },
  notification: {
    table: 'notification',
    rules: { read: mine('notification.member_id'), write: mine('notification.member_id') },
  },
  view: {
    table: 'saved_view',
    rules: {
      read: a => sql`(saved_view.member_id = ${a.memberId} or saved_view.shared)`,
      write: mine('saved_view.member_id'),
    },
  },
  api_token: {
    table: 'api_token',
    rules: {
      read: a => (administers(a) ? always : mine('api_token.member_id')(a)),
      write: a => (administers(a) ? always : mine('api_token.member_id')(a)),
    },
  },
  import: {
    table: 'import',
    rules: { read: a => (administers(a) ? always : mine('import.member_id')(a)), write: mine('import.member_id') },
  },
} as const satisfies Record<string, Policy>

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
  | 'integration'
  | 'audit'
  | 'history'
  | 'event'
  | 'notification'
  | 'view'
  | 'api_token'
  | 'import'
export type TableOf<R extends ResourceName> = (typeof policies)[R]['table']
export type RuleOf<R extends ResourceName> = keyof (typeof policies)[R]['rules'] & string

function readAudit(a: Access): Condition {
  return within(a.permissions.audit.read, byEventProject(a), () => sql`audit_event.member_id = ${a.memberId}`)
}

function byEventProject(a: Access) {
  return () => inMyProjects(sql`audit_event.project_id`, a)
}

function readHistory(a: Access): Condition {
  return all(
    sql`audit_event.entity in ('task', 'comment', 'attachment')`,
    sql`exists (select from task where task.id = audit_event.task_id and ${readTask(a)})`,
  )
}

// A deleted task has no row to ask about: whoever reads all of its project's tasks may know that it is gone.
function readGone(a: Access): Condition {
  return all(
    sql`audit_event.entity in ('task', 'comment', 'attachment')`,
    sql`not exists (select from task where task.id = audit_event.task_id)`,
    within(a.permissions.task.read, byEventProject(a), () => never),
  )
}

function ofEntity(a: Access): Condition[] {
  const rules = { project: readProject(a), tag: readTag(a), time_entry: timeRule('read')(a) }
  return Object.entries(rules).map(([entity, rule]) =>
    all(
      sql`audit_event.entity = ${entity}`,
      rule === never
        ? never
        : sql`exists (select from ${sql.table(entity)} where ${sql.ref(`${entity}.id`)} = audit_event.entity_id and ${rule})`,
    ),
  )
}

function writeProject(a: Access): Condition {
  const mine = () => inMyProjects(sql`project.id`, a)
  return within(a.permissions.project.write, mine, mine)
}

function createTask(a: Access): Condition {
  const mine = () => inMyProjects(sql`project.id`, a)
  return within(a.permissions.task.create, mine, mine)
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
