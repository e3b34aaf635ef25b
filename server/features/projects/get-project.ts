import { Project } from '#server/features/projects/project.ts'
import { requireProject } from '#server/features/projects/project-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getProject = operation({
  id: 'getProject',
  summary: 'Read a project',
  route: 'GET /api/workspaces/:workspace/projects/:project',
  needs: { resource: 'project', action: 'read' },
  params: inWorkspace('project'),
  returns: Project,
  run: ({ db, params }) => requireProject(db, params.project),
})
