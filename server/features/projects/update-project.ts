import { Project, ProjectChanges } from '#server/features/projects/project.ts'
import { requireProject } from '#server/features/projects/project-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateProject = operation({
  id: 'updateProject',
  summary: 'Change or archive a project',
  description: 'A new key renames its tasks: `WEB-12` becomes `SITE-12`.',
  route: 'PATCH /api/workspaces/:workspace/projects/:project',
  needs: { resource: 'project', action: 'write' },
  params: inWorkspace('project'),
  body: ProjectChanges,
  example: { name: 'Website 2027' },
  returns: Project,
  async run({ db, params, body, request, services }) {
    const project = await db.require('project', params.project, 'write', request.ifMatch)
    const { archived, ...values } = body
    const archivedAt =
      archived === undefined
        ? {}
        : { archived_at: archived ? (project.archived_at ?? services.clock.now().toString()) : null }
    await db
      .update('project', 'write')
      .set({ ...values, ...archivedAt })
      .where('project.id', '=', project.id)
      .execute()
    return requireProject(db, project.id)
  },
})
