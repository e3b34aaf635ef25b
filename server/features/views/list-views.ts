import { View } from '#server/features/views/view.ts'
import { viewColumns } from '#server/features/views/view-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listViews = operation({
  id: 'listViews',
  summary: 'List saved views',
  description: "One's own, and those that others share.",
  route: 'GET /api/workspaces/:workspace/views',
  needs: 'membership',
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(View),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'views',
      [{ ref: 'saved_view.id', type: 'uuid' }],
      ({ after, order, keys, limit }) =>
        db.rows('view').where(after).select(viewColumns).select(keys).orderBy(order).limit(limit).execute(),
    ),
})
