import { sql } from 'kysely'
import type { Access } from '#server/permissions/access.ts'
import { all, type Condition, inMyProjects, never, some, within } from '#server/permissions/conditions.ts'
import { readProject, readTag, readTask, timeRule } from '#server/permissions/work-rules.ts'

export function readAudit(a: Access): Condition {
  return within(a.permissions.audit.read, byEventProject(a), () => byMe(a))
}

function byMe({ memberId }: Access): Condition {
  return sql`audit_event.member_id = ${memberId}`
}

function byEventProject(a: Access) {
  return () => inMyProjects(sql`audit_event.project_id`, a)
}

/** What happened to a task that one may read; of comments and attachments, what one may read of them. */
export function readHistory(a: Access): Condition {
  const { comment, attachment } = a.permissions
  return all(
    some(
      sql`audit_event.entity = 'task'`,
      all(
        sql`audit_event.entity = 'comment'`,
        within(comment.read, byEventProject(a), () => byMe(a)),
      ),
      all(
        sql`audit_event.entity = 'attachment'`,
        within(attachment.read, byEventProject(a), () => byMe(a)),
      ),
    ),
    sql`exists (select from task where task.id = audit_event.task_id and ${readTask(a)})`,
  )
}

// A deleted task has no row to ask about: whoever reads all of its project's tasks may know that it is gone.
export function readGone(a: Access): Condition {
  return all(
    sql`audit_event.entity in ('task', 'comment', 'attachment')`,
    sql`not exists (select from task where task.id = audit_event.task_id)`,
    within(a.permissions.task.read, byEventProject(a), () => never),
  )
}

/** What happened to a project, a tag or a time entry that one may read. */
export function ofEntity(a: Access): Condition[] {
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
