import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const removeViewerFromTask = operation({
  id: 'removeViewerFromTask',
  summary: 'Take a viewer off a task',
  route: 'DELETE /api/workspaces/:workspace/tasks/:task/viewers/:member',
  needs: { resource: 'task', action: 'update' },
  params: inWorkspace('task', 'member'),
  async run({ db, params, request }) {
    const task = await db.require('task', params.task, 'update', request.ifMatch)
    await db.unlink('task_viewer', { task_id: task.id, member_id: params.member })
    return undefined
  },
})
