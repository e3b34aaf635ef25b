import { Import } from '#server/features/imports/import.ts'
import { importColumns } from '#server/features/imports/import-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listImports = operation({
  id: 'listImports',
  summary: 'List imports',
  description: "One's own, the newest first; for who may change members, everybody's.",
  route: 'GET /api/workspaces/:workspace/imports',
  needs: 'membership',
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(Import),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'imports',
      [{ ref: 'import.id', type: 'uuid', descending: true }],
      async ({ after, order, keys, limit }) => {
        const found = db.rows('import').where(after).select(importColumns).select(keys).orderBy(order).limit(limit)
        return (await found.execute()) as Import[]
      },
    ),
})
