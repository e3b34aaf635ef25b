import { attachmentIdsOf } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteTask = operation({
  id: 'deleteTask',
  summary: 'Delete a task',
  description: 'With its comments and attachments. Its time entries stay, without the task; so does its history.',
  route: 'DELETE /api/workspaces/:workspace/tasks/:task',
  needs: { resource: 'task', action: 'delete' },
  params: inWorkspace('task'),
  async run({ db, params, request, workspace, services, afterCommit }) {
    const task = await db.require('task', params.task, 'delete', request.ifMatch)
    const files = await attachmentIdsOf(db, task.id)
    await db.remove('task', 'delete').where('task.id', '=', task.id).execute()
    afterCommit(() => services.storage.removeLater(workspace.schema, files))
    return undefined
  },
})
