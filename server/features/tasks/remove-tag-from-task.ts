import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const removeTagFromTask = operation({
  id: 'removeTagFromTask',
  summary: 'Take a tag off a task',
  route: 'DELETE /api/workspaces/:workspace/tasks/:task/tags/:tag',
  needs: { resource: 'task', action: 'update' },
  params: inWorkspace('task', 'tag'),
  async run({ db, params, request }) {
    const task = await db.require('task', params.task, 'update', request.ifMatch)
    await db.unlink('task_tag', { task_id: task.id, tag_id: params.tag })
    return undefined
  },
})
