import { Task } from '#server/features/tasks/task.ts'
import { requireTask } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const addViewerToTask = operation({
  id: 'addViewerToTask',
  summary: 'Let a member see a task',
  description:
    'A viewer reads the task, comments and attachments, whatever project it is in. Does nothing when they are one already.',
  route: 'PUT /api/workspaces/:workspace/tasks/:task/viewers/:member',
  needs: { resource: 'task', action: 'update' },
  params: inWorkspace('task', 'member'),
  returns: Task,
  async run({ db, params }) {
    const task = await db.require('task', params.task, 'update')
    const member = await db.require('member', params.member)
    await db.link('task_viewer', [{ task_id: task.id, member_id: member.id }])
    return requireTask(db, task.id)
  },
})
