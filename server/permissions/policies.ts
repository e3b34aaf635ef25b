import { sql } from 'kysely'
import type { Access, ResourceName } from '#server/permissions/access.ts'
import { all, always, ifAny, mine, never, type Rule, some, within } from '#server/permissions/conditions.ts'
import { ofEntity, readAudit, readGone, readHistory } from '#server/permissions/event-rules.ts'
import { adminPermissions, isWithin } from '#server/permissions/roles.ts'
import {
  attachmentRule,
  byTaskProject,
  commentRule,
  createTask,
  deleteTask,
  myTask,
  myTaskToRead,
  readMember,
  readProject,
  readTag,
  readTask,
  timeRule,
  updateTask,
  writeProject,
} from '#server/permissions/work-rules.ts'

/**
 * What can be reached through the door, with the table it lies in. `parent` says where a new one may be put: in
 * which rows of the parent's table.
 */
export type Policy = {
  table: string
  /** Its rows never change, so nobody has the right to, and none is locked before it goes. */
  isFixed?: true
  rules: Record<string, Rule>
  parent?: { resource: ResourceName; column: string; rule: Rule }
}

// What is told to a webhook or a chat room is everything that happens, so whoever may not read all of it themselves does
// not get it that way either: neither by a role nor by a token with permissions of its own.
const tellsOthers =
  (resource: 'integration' | 'webhook'): Rule =>
  a =>
    a.permissions.audit.read === 'all' ? ifAny(a.permissions[resource].write) : never

const readsDeliveries: Rule = a => (a.permissions.audit.read === 'all' ? ifAny(a.permissions.webhook.read) : never)

// A workspace's identity provider signs in whom it likes, admins included: whoever decides on it could be any of them.
const mayDoAll: Rule = a => (!a.guest && isWithin(adminPermissions, a.permissions) ? always : never)

// An export is the whole history, so it asks for the right to read all of it too: an export widens nobody's view.
const exportsHistory: Rule = a => (a.permissions.audit.read === 'all' ? ifAny(a.permissions.audit.export) : never)

// Erasing changes what all others may read, and is about a person.
const erasesHistory: Rule = a =>
  exportsHistory(a) !== never && a.permissions.member.write === 'all' && !a.guest ? always : never

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
      write: tellsOthers('webhook'),
      // What it was sent is the history itself.
      log: readsDeliveries,
    },
  },
  webhook_delivery: { table: 'webhook_delivery', rules: { read: readsDeliveries, write: tellsOthers('webhook') } },
  integration: {
    table: 'integration',
    rules: {
      read: a => ifAny(a.permissions.integration.read),
      write: tellsOthers('integration'),
    },
  },
  audit: { table: 'audit_event', rules: { read: a => readAudit(a) } },
  // How many leaves there are, and hashes: they prove what somebody may read, and tell nothing of what they may not.
  audit_tree: { table: 'workspace', rules: { read: a => ifAny(a.permissions.audit.read) } },
  audit_tile: { table: 'audit_tile', isFixed: true, rules: { read: a => ifAny(a.permissions.audit.read) } },
  audit_checkpoint: { table: 'audit_checkpoint', isFixed: true, rules: { read: a => ifAny(a.permissions.audit.read) } },
  audit_export: { table: 'audit_export', rules: { read: exportsHistory, write: exportsHistory } },
  audit_erasure: { table: 'audit_erasure', rules: { read: erasesHistory, write: erasesHistory } },
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
  sign_on: {
    table: 'sign_on',
    rules: { read: a => ifAny(a.permissions.workspace.write), write: mayDoAll },
  },
} as const satisfies Record<string, Policy>
