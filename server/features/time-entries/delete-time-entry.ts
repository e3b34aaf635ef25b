import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteTimeEntry = operation({
  id: 'deleteTimeEntry',
  summary: 'Delete a time entry',
  route: 'DELETE /api/workspaces/:workspace/time-entries/:entry',
  needs: { resource: 'time_entry', action: 'write' },
  params: inWorkspace('entry'),
  async run({ db, params, request }) {
    const entry = await db.require('time_entry', params.entry, 'write', request.ifMatch)
    await db.remove('time_entry', 'write').where('time_entry.id', '=', entry.id).execute()
    return undefined
  },
})
