import Type from 'typebox'
import { Project } from '#server/features/projects/project.ts'
import { projectColumns } from '#server/features/projects/project-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listProjects = operation({
  id: 'listProjects',
  summary: 'List projects',
  route: 'GET /api/workspaces/:workspace/projects',
  needs: { resource: 'project', action: 'read' },
  params: inWorkspace(),
  query: object({
    ...listQuery,
    archived: Type.Optional(Type.Boolean({ default: false, description: 'The archived ones instead' })),
  }),
  returns: page(Project),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      `projects/${query.archived}`,
      [{ ref: 'project.id', type: 'uuid' }],
      ({ after, order, keys, limit }) =>
        db
          .rows('project')
          .where(after)
          .where('project.archived_at', query.archived ? 'is not' : 'is', null)
          .select(projectColumns)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    ),
})
