import { uuid7 } from '#server/crypto/uuid7.ts'
import { stopRunning } from '#server/features/time-entries/stop-running.ts'
import { TimeEntry, TimerStart } from '#server/features/time-entries/time-entry.ts'
import { requirePlace, requireTimeEntry } from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const startTimer = operation({
  id: 'startTimer',
  summary: 'Start a timer',
  description: 'Stops the one that runs: the new one begins at the instant at which the old one ends.',
  route: 'PUT /api/workspaces/:workspace/timer',
  needs: { resource: 'time_entry', action: 'write' },
  params: inWorkspace(),
  body: TimerStart,
  example: { taskId: '01990000-0000-7000-8000-000000000000', note: 'Drawing' },
  returns: TimeEntry,
  async run({ db, body, services }) {
    const place = await requirePlace(db, body)
    const { at } = await stopRunning(db, services.clock)
    const id = uuid7()
    await db.insert('time_entry', {
      ...place,
      id,
      member_id: db.access.memberId,
      started_at: at.toString(),
      ended_at: null,
      note: body.note ?? '',
      billable: body.billable ?? false,
      rate_cents: body.rateCents ?? null,
    })
    return requireTimeEntry(db, services.clock.now(), id)
  },
})
