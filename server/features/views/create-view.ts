import { uuid7 } from '#server/crypto/uuid7.ts'
import { NewView, View } from '#server/features/views/view.ts'
import { requireView } from '#server/features/views/view-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createView = operation({
  id: 'createView',
  summary: 'Save a view',
  description: 'A view keeps filters, not tasks: everyone who opens it sees what they may read.',
  route: 'POST /api/workspaces/:workspace/views',
  needs: 'membership',
  params: inWorkspace(),
  body: NewView,
  example: {
    name: 'My open work',
    layout: 'board',
    shared: false,
    filters: { assignee: 'me', status: 'todo,doing,review' },
  },
  returns: View,
  status: 201,
  async run({ db, body }) {
    const { name, shared = false, layout = 'list', filters = {} } = body
    const id = uuid7()
    await db.insert('view', {
      id,
      member_id: db.access.memberId,
      name,
      shared,
      layout,
      filters: JSON.stringify(filters),
    })
    return requireView(db, id)
  },
})
