import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteView = operation({
  id: 'deleteView',
  summary: 'Delete a saved view',
  route: 'DELETE /api/workspaces/:workspace/views/:view',
  needs: 'membership',
  params: inWorkspace('view'),
  async run({ db, params, request }) {
    const { id } = await db.require('view', params.view, 'write', request.ifMatch)
    await db.remove('view', 'write').where('saved_view.id', '=', id).execute()
    return undefined
  },
})
