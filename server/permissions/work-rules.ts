import { type RawBuilder, sql } from 'kysely'
import type { Access } from '#server/permissions/access.ts'
import { all, always, type Condition, inMyProjects, type Rule, within } from '#server/permissions/conditions.ts'

export const myTask = ({ memberId }: Access): Condition =>
  sql`(task.creator_id = ${memberId} or task.assignee_id = ${memberId})`

export const myTaskToRead = ({ memberId }: Access): Condition =>
  sql`(task.creator_id = ${memberId} or task.assignee_id = ${memberId} or exists (
    select from task_viewer where task_viewer.task_id = task.id and task_viewer.member_id = ${memberId}))`

export const byTaskProject = (access: Access) => () => inMyProjects(sql`task.project_id`, access)

export const readTask: Rule = a => within(a.permissions.task.read, byTaskProject(a), () => myTaskToRead(a))
export const updateTask: Rule = a =>
  all(
    readTask(a),
    within(a.permissions.task.update, byTaskProject(a), () => myTask(a)),
  )
export const deleteTask: Rule = a =>
  all(
    readTask(a),
    within(a.permissions.task.delete, byTaskProject(a), () => myTask(a)),
  )

export const readProject: Rule = a => {
  const mine = () => inMyProjects(sql`project.id`, a)
  return within(a.permissions.project.read, mine, mine)
}

/** The task of a comment or an attachment satisfies a rule. */
const onTask = (column: RawBuilder<unknown>, rule: Condition): Condition =>
  rule === always ? always : sql`exists (select from task where task.id = ${column} and ${rule})`

export const commentRule =
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

export const attachmentRule =
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

export const timeRule =
  (action: 'read' | 'write'): Rule =>
  a =>
    within(
      a.permissions.time_entry[action],
      () => inMyProjects(sql`time_entry.project_id`, a),
      () => sql`time_entry.member_id = ${a.memberId}`,
    )

// People one meets: on the tasks one may read. It keeps a guest from listing the whole workspace. Everyone may know
// who they are themselves.
export const readMember: Rule = a =>
  within(
    a.permissions.member.read === 'none' ? 'own' : a.permissions.member.read,
    () => sql`exists (select from task where ${readTask(a)} and (
      member.id in (task.creator_id, task.assignee_id)
      or exists (select from task_viewer where task_viewer.task_id = task.id and task_viewer.member_id = member.id)
      or exists (select from comment where comment.task_id = task.id and comment.author_id = member.id)))`,
    () => sql`member.id = ${a.memberId}`,
  )

export const readTag: Rule = a => {
  const used = () => sql<boolean>`exists (
    select from task_tag join task on task.id = task_tag.task_id where task_tag.tag_id = tag.id and ${readTask(a)})`
  return within(a.permissions.tag.read, used, used)
}

export function writeProject(a: Access): Condition {
  const mine = () => inMyProjects(sql`project.id`, a)
  return within(a.permissions.project.write, mine, mine)
}

export function createTask(a: Access): Condition {
  const mine = () => inMyProjects(sql`project.id`, a)
  return within(a.permissions.task.create, mine, mine)
}
