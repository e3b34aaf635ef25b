import { Role } from '#server/features/roles/role.ts'
import { roleColumns } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listRoles = operation({
  id: 'listRoles',
  summary: 'List roles',
  route: 'GET /api/workspaces/:workspace/roles',
  needs: { resource: 'role', action: 'read' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(Role),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'roles',
      [{ ref: 'role.id', type: 'uuid' }],
      async ({ after, order, keys, limit }) => {
        const rows = await db
          .rows('role')
          .where(after)
          .select(roleColumns)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute()
        return rows as Role[]
      },
    ),
})
