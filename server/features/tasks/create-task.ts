import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { NewTask, Task } from '#server/features/tasks/task.ts'
import { requireOpenProject, requireReferences, requireTask, taskValues } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createTask = operation({
  id: 'createTask',
  summary: 'Create a task',
  description: 'It goes to the end of its project unless it names a position. An archived project takes none.',
  route: 'POST /api/workspaces/:workspace/tasks',
  needs: { resource: 'task', action: 'create' },
  params: inWorkspace(),
  body: NewTask,
  example: {
    projectId: '01990000-0000-7000-8000-000000000000',
    title: 'Order the new sign',
    priority: 'high',
    dueOn: '2026-12-01',
  },
  returns: Task,
  status: 201,
  async run({ db, body }) {
    await requireOpenProject(db, body.projectId)
    await requireReferences(db, body)
    const id = uuid7()
    const { project_id, title, ...values } = taskValues(body)
    await db.insert('task', {
      ...values,
      id,
      project_id: project_id ?? body.projectId,
      title: title ?? body.title,
      // The trigger numbers the task within its project.
      number: 0,
      creator_id: db.access.memberId,
      position: body.position ?? (await endOf(db, body.projectId)),
    })
    await db.link(
      'task_tag',
      (body.tagIds ?? []).map(tag => ({ task_id: id, tag_id: tag })),
    )
    await db.link(
      'task_viewer',
      (body.viewerIds ?? []).map(member => ({ task_id: id, member_id: member })),
    )
    return requireTask(db, id)
  },
})

const gap = 1024

async function endOf(db: Writer, projectId: string): Promise<number> {
  const last = await db
    .rows('task')
    .where('task.project_id', '=', projectId)
    .select(sql<number | null>`max(task.position)`.as('position'))
    .executeTakeFirst()
  return (last?.position ?? 0) + gap
}
