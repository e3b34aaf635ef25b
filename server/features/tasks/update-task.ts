import { Task, TaskChanges } from '#server/features/tasks/task.ts'
import {
  replaceLinks,
  requireOpenProject,
  requireReferences,
  requireTask,
  taskValues,
} from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateTask = operation({
  id: 'updateTask',
  summary: 'Change a task',
  description:
    'Only the fields that are given change. `tagIds` and `viewerIds` replace what is there. In another project the task gets its next number.',
  route: 'PATCH /api/workspaces/:workspace/tasks/:task',
  needs: { resource: 'task', action: 'update' },
  params: inWorkspace('task'),
  body: TaskChanges,
  example: { status: 'doing', priority: 'urgent' },
  returns: Task,
  async run({ db, params, body, request }) {
    const task = await db.require('task', params.task, 'update', request.ifMatch)
    const isMoved = body.projectId !== undefined && body.projectId !== task.project_id
    await Promise.all([isMoved && requireOpenProject(db, body.projectId!), requireReferences(db, body)])
    const values = taskValues(body)
    const changed =
      Object.keys(values).length > 0 && db.update('task', 'update').set(values).where('task.id', '=', task.id).execute()
    if (!body.tagIds && !body.viewerIds) return (await Promise.all([requireTask(db, task.id), changed]))[0]
    await changed
    await replaceLinks(db, task, body)
    return requireTask(db, task.id)
  },
})
