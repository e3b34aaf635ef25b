import { uuid7 } from '#server/crypto/uuid7.ts'
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
    await Promise.all([requireOpenProject(db, body.projectId), requireReferences(db, body)])
    const id = uuid7()
    const tags = (body.tagIds ?? []).map(tag => ({ task_id: id, tag_id: tag }))
    const viewers = (body.viewerIds ?? []).map(member => ({ task_id: id, member_id: member }))
    const [, , , task] = await Promise.all([
      db.insert('task', {
        ...taskValues(body),
        id,
        project_id: body.projectId,
        title: body.title,
        // The trigger numbers the task within its project, and puts one without a position at its end.
        number: 0,
        creator_id: db.access.memberId,
      }),
      db.link('task_tag', tags),
      db.link('task_viewer', viewers),
      requireTask(db, id),
    ])
    return task
  },
})
