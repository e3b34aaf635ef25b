import { TimeEntry } from '#server/features/time-entries/time-entry.ts'
import { requireTimeEntry } from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getTimeEntry = operation({
  id: 'getTimeEntry',
  summary: 'Read a time entry',
  route: 'GET /api/workspaces/:workspace/time-entries/:entry',
  needs: { resource: 'time_entry', action: 'read' },
  params: inWorkspace('entry'),
  returns: TimeEntry,
  run: ({ db, params, services }) => requireTimeEntry(db, services.clock.now(), params.entry),
})
