import { TimeEntry } from '#server/features/time-entries/time-entry.ts'
import { findRunning } from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getTimer = operation({
  id: 'getTimer',
  summary: 'Read your running timer',
  description: '204 when none runs.',
  route: 'GET /api/workspaces/:workspace/timer',
  needs: { resource: 'time_entry', action: 'read' },
  params: inWorkspace(),
  returns: TimeEntry,
  mayBeEmpty: true,
  run: ({ db, services }) => findRunning(db, services.clock.now()),
})
