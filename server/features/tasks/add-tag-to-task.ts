import { Task } from '#server/features/tasks/task.ts'
import { requireTask } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const addTagToTask = operation({
  id: 'addTagToTask',
  summary: 'Put a tag on a task',
  description: 'Does nothing when it is there already.',
  route: 'PUT /api/workspaces/:workspace/tasks/:task/tags/:tag',
  needs: { resource: 'task', action: 'update' },
  params: inWorkspace('task', 'tag'),
  returns: Task,
  async run({ db, params }) {
    const task = await db.require('task', params.task, 'update')
    const tag = await db.require('tag', params.tag)
    await db.link('task_tag', [{ task_id: task.id, tag_id: tag.id }])
    return requireTask(db, task.id)
  },
})
