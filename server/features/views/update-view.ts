import { View, ViewChanges } from '#server/features/views/view.ts'
import { requireView } from '#server/features/views/view-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateView = operation({
  id: 'updateView',
  summary: 'Change a saved view',
  description: '`filters` replace those that were there.',
  route: 'PATCH /api/workspaces/:workspace/views/:view',
  needs: 'membership',
  params: inWorkspace('view'),
  body: ViewChanges,
  example: { name: 'What we do now', shared: true },
  returns: View,
  async run({ db, params, body, request }) {
    const { id } = await db.require('view', params.view, 'write', request.ifMatch)
    const { filters, ...values } = body
    const changed = { ...values, ...(filters ? { filters: JSON.stringify(filters) } : {}) }
    await db.update('view', 'write').set(changed).where('saved_view.id', '=', id).execute()
    return requireView(db, id)
  },
})
