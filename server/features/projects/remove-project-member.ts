import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const removeProjectMember = operation({
  id: 'removeProjectMember',
  summary: 'Take a member out of a project',
  route: 'DELETE /api/workspaces/:workspace/projects/:project/members/:member',
  needs: { resource: 'project', action: 'write' },
  params: inWorkspace('project', 'member'),
  async run({ db, params, request }) {
    const project = await db.require('project', params.project, 'write', request.ifMatch)
    await db.unlink('project_member', { project_id: project.id, member_id: params.member })
    return undefined
  },
})
