import { View } from '#server/features/views/view.ts'
import { requireView } from '#server/features/views/view-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getView = operation({
  id: 'getView',
  summary: 'Read a saved view',
  route: 'GET /api/workspaces/:workspace/views/:view',
  needs: 'membership',
  params: inWorkspace('view'),
  returns: View,
  run: ({ db, params }) => requireView(db, params.view),
})
