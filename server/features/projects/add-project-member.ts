import { Project } from '#server/features/projects/project.ts'
import { requireProject } from '#server/features/projects/project-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const addProjectMember = operation({
  id: 'addProjectMember',
  summary: 'Name a member in a project',
  description: 'Opens a private project to them, and any project to a guest.',
  route: 'PUT /api/workspaces/:workspace/projects/:project/members/:member',
  needs: { resource: 'project', action: 'write' },
  params: inWorkspace('project', 'member'),
  returns: Project,
  async run({ db, params }) {
    const project = await db.require('project', params.project, 'write')
    const member = await db.require('member', params.member)
    await db.link('project_member', [{ project_id: project.id, member_id: member.id }])
    return requireProject(db, project.id)
  },
})
