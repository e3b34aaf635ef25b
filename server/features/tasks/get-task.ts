import { Task } from '#server/features/tasks/task.ts'
import { requireTask } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getTask = operation({
  id: 'getTask',
  summary: 'Read a task',
  route: 'GET /api/workspaces/:workspace/tasks/:task',
  needs: { resource: 'task', action: 'read' },
  params: inWorkspace('task'),
  returns: Task,
  run: ({ db, params }) => requireTask(db, params.task),
})
