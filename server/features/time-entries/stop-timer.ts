import { stopRunning } from '#server/features/time-entries/stop-running.ts'
import { TimeEntry } from '#server/features/time-entries/time-entry.ts'
import { requireTimeEntry } from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const stopTimer = operation({
  id: 'stopTimer',
  summary: 'Stop your timer',
  description: 'Answers with the entry that it became; 404 when none runs.',
  route: 'DELETE /api/workspaces/:workspace/timer',
  needs: { resource: 'time_entry', action: 'write' },
  params: inWorkspace(),
  returns: TimeEntry,
  async run({ db, services, problem }) {
    const { stopped } = await stopRunning(db, services.clock)
    if (!stopped) throw problem('not-found', 'No timer runs.')
    return requireTimeEntry(db, services.clock.now(), stopped)
  },
})
