import type { Writer } from '#server/database/door.ts'
import { Task, TaskChanges } from '#server/features/tasks/task.ts'
import { replaceLinks, requireReferences, requireTask, taskValues } from '#server/features/tasks/task-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateTask = operation({
  id: 'updateTask',
  summary: 'Change a task',
  description: 'Only the fields that are given change. `tagIds` and `viewerIds` replace what is there.',
  route: 'PATCH /api/workspaces/:workspace/tasks/:task',
  needs: { resource: 'task', action: 'update' },
  params: inWorkspace('task'),
  body: TaskChanges,
  example: { status: 'doing', priority: 'urgent' },
  returns: Task,
  async run({ db, params, body, request }) {
    const task = await db.require('task', params.task, 'update', request.ifMatch)
    await requireReferences(db, body)
    if (body.projectId && body.projectId !== task.project_id) await db.requirePlaces('task', [body.projectId])
    if (body.parentId) await refuseCycle(db, task.id, body.parentId)
    const values = taskValues(body)
    if (Object.keys(values).length > 0) await db.update('task', 'update').set(values).where('task.id', '=', task.id).execute()
    await replaceLinks(db, task, body)
    return requireTask(db, task.id)
  },
})

const deepest = 50

async function refuseCycle(db: Writer, taskId: string, parentId: string): Promise<void> {
  let above: string | null = parentId
  for (let steps = 0; above !== null; steps++) {
    if (above === taskId || steps === deepest) {
      const message = 'must not be the task itself or one below it'
      throw fieldProblem('/parentId', message, 'rule-broken')
    }
    const row: { parent_id: string | null } | undefined = await db.rows('task').where('task.id', '=', above).select('task.parent_id').executeTakeFirst()
    above = row?.parent_id ?? null
  }
}
