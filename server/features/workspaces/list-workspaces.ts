import { workspacesOf } from '#server/features/workspaces/directory-queries.ts'
import { WorkspaceSummary } from '#server/features/workspaces/workspace.ts'
import { accountOperation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { listQuery, object, page } from '#server/http/schemas.ts'

export const listWorkspaces = accountOperation({
  id: 'listWorkspaces',
  summary: 'List your workspaces',
  route: 'GET /api/workspaces',
  query: object(listQuery),
  returns: page(WorkspaceSummary),
  anySession: true,
  run: ({ caller, query, services }) =>
    listPage(
      { services, workspace: { id: caller.accountId }, query },
      'workspaces',
      [{ ref: 'workspace.slug', type: 'text' }],
      ({ after, order, keys, limit }) =>
        workspacesOf(services.platform.db, caller.accountId, caller.workspaceId)
          .where(after)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    ),
})
