import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteProject = operation({
  id: 'deleteProject',
  summary: 'Delete a project',
  description:
    'With its tasks, comments, attachments and time entries. Their history stays. Archiving keeps everything.',
  route: 'DELETE /api/workspaces/:workspace/projects/:project',
  needs: { resource: 'project', action: 'write' },
  params: inWorkspace('project'),
  async run({ db, params, request, workspace, services, afterCommit }) {
    const project = await db.require('project', params.project, 'write', request.ifMatch)
    const inProject = db.rows('task').where('task.project_id', '=', project.id).select('task.id')
    const files = await db
      .rows('attachment')
      .where('attachment.task_id', 'in', inProject)
      .select('attachment.id')
      .execute()
    await db.remove('project', 'write').where('project.id', '=', project.id).execute()
    afterCommit(() =>
      services.storage.removeLater(
        workspace.schema,
        files.map(file => file.id),
      ),
    )
    return undefined
  },
})
