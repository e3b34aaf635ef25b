import { sql } from 'kysely'
import type { Reader, Row, Writer } from '#server/database/door.ts'
import type { NewTask, Task, TaskChanges } from '#server/features/tasks/task.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'

/** What people call a task: `WEB-12`. */
export const taskKey = sql<string>`(select p.key from project p where p.id = task.project_id) || '-' || task.number`

const columnsBesideKey = [
  'task.id',
  'task.number',
  'task.project_id as projectId',
  'task.title',
  'task.description',
  'task.status',
  'task.priority',
  'task.creator_id as creatorId',
  'task.assignee_id as assigneeId',
  'task.due_on as dueOn',
  'task.start_on as startOn',
  'task.estimate_seconds as estimateSeconds',
  'task.position',
  'task.parent_id as parentId',
  'task.created_at as createdAt',
  'task.updated_at as updatedAt',
  'task.closed_at as closedAt',
  'task.version',
  sql<string[]>`array(select t.tag_id from task_tag t where t.task_id = task.id order by t.tag_id)`.as('tagIds'),
  sql<string[]>`array(select v.member_id from task_viewer v where v.task_id = task.id order by v.member_id)`.as(
    'viewerIds',
  ),
] as const

/** The columns of a task as the API shows it. The key is that of the project, readable or not: it is part of the task's name. */
export const taskColumns = [...columnsBesideKey, taskKey.as('key')] as const

/** The same for many tasks: asked for one by one, their projects' keys would take as long as all the rest. */
export function selectTasks(rows: ReturnType<typeof tasksOf>) {
  return rows
    .leftJoin(
      sql<{ id: string; key: string }>`(select id, key from project)`.as('keyed'),
      'keyed.id',
      'task.project_id',
    )
    .select(columnsBesideKey)
    .select(sql<string>`keyed.key || '-' || task.number`.as('key'))
}

const tasksOf = (db: Reader) => db.rows('task')

/** One task, or the problem that there is none that the caller may read. */
export async function requireTask(db: Reader, id: string): Promise<Task> {
  const found = await db.rows('task').where('task.id', '=', id).select(taskColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}

/** A project that takes tasks from the caller: readable, writable, and not archived. */
export async function requireOpenProject(db: Writer, projectId: string): Promise<void> {
  // Nobody archives it until this has committed; others may create tasks in it meanwhile.
  const held = db.rows('project').where('project.id', '=', projectId).select('project.archived_at').forShare()
  const [, project] = await Promise.all([db.requirePlaces('task', [projectId]), held.executeTakeFirst()])
  if (project?.archived_at) throw fieldProblem('/projectId', 'is archived: it takes no new tasks', 'rule-broken')
}

/** What a task refers to has to be there for the caller: a member to assign, tags, viewers, a parent. */
export async function requireReferences(
  db: Reader,
  { assigneeId, parentId, tagIds, viewerIds }: Partial<NewTask> | TaskChanges,
): Promise<void> {
  await Promise.all([
    db.requireAll('member', assigneeId ? [assigneeId] : [], '/assigneeId'),
    db.requireAll('task', parentId ? [parentId] : [], '/parentId'),
    db.requireAll('tag', tagIds ?? [], '/tagIds'),
    db.requireAll('member', viewerIds ?? [], '/viewerIds'),
  ])
}

/** The columns of a task's own row that an input names. */
export function taskValues(input: TaskChanges) {
  const values = {
    title: input.title,
    description: input.description,
    status: input.status,
    priority: input.priority,
    assignee_id: input.assigneeId,
    due_on: input.dueOn,
    start_on: input.startOn,
    estimate_seconds: input.estimateSeconds,
    position: input.position,
    parent_id: input.parentId,
    project_id: input.projectId,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<typeof values>
}

/** Makes the task's tags and viewers exactly these; each one added or removed is an audit event. */
export async function replaceLinks(
  db: Writer,
  task: Pick<Row<'task'>, 'id'>,
  { tagIds, viewerIds }: TaskChanges,
): Promise<void> {
  if (!tagIds && !viewerIds) return
  const { tagIds: tagsNow, viewerIds: viewersNow } = await requireTask(db, task.id)
  for (const tag of minus(tagsNow, tagIds)) await db.unlink('task_tag', { task_id: task.id, tag_id: tag })
  for (const member of minus(viewersNow, viewerIds))
    await db.unlink('task_viewer', { task_id: task.id, member_id: member })
  await db.link(
    'task_tag',
    minus(tagIds ?? [], tagsNow).map(tag => ({ task_id: task.id, tag_id: tag })),
  )
  await db.link(
    'task_viewer',
    minus(viewerIds ?? [], viewersNow).map(member => ({ task_id: task.id, member_id: member })),
  )
}

function minus(from: readonly string[], what: readonly string[] | undefined): string[] {
  return what === undefined ? [] : from.filter(id => !what.includes(id))
}

/** The attachments that go when a task goes. */
export async function attachmentIdsOf(db: Reader, taskId: string): Promise<string[]> {
  const rows = await db.rows('attachment').where('attachment.task_id', '=', taskId).select('attachment.id').execute()
  return rows.map(row => row.id)
}
