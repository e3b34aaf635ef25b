import type { Row, Writer } from '#server/database/door.ts'
import { TimeEntry, TimeEntryChanges } from '#server/features/time-entries/time-entry.ts'
import {
  endOf,
  requireLength,
  requirePlace,
  requireTimeEntry,
} from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateTimeEntry = operation({
  id: 'updateTimeEntry',
  summary: 'Change a time entry',
  description:
    'An end or a duration stops one that runs. A new task takes its project along, and a new project alone takes the ' +
    'entry off its task. A new start alone keeps the end.',
  route: 'PATCH /api/workspaces/:workspace/time-entries/:entry',
  needs: { resource: 'time_entry', action: 'write' },
  params: inWorkspace('entry'),
  body: TimeEntryChanges,
  example: { durationSeconds: 7200, note: 'Kick-off, with the follow-up' },
  returns: TimeEntry,
  async run({ db, params, body, request, services }) {
    const entry = await db.require('time_entry', params.entry, 'write', request.ifMatch)
    const startedAt = body.startedAt ?? entry.started_at
    const endedAt = endOf(startedAt, body)
    if (body.startedAt !== undefined || endedAt !== undefined)
      requireLength(startedAt, endedAt ?? entry.ended_at, services.clock.now())
    const values = {
      ...(await newPlace(db, entry, body)),
      started_at: body.startedAt,
      ended_at: endedAt,
      note: body.note,
      billable: body.billable,
      rate_cents: body.rateCents,
    }
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
    if (Object.keys(given).length > 0)
      await db.update('time_entry', 'write').set(given).where('time_entry.id', '=', entry.id).execute()
    return requireTimeEntry(db, services.clock.now(), entry.id)
  },
})

async function newPlace(db: Writer, entry: Row<'time_entry'>, { projectId, taskId }: TimeEntryChanges) {
  const staysOnTask = taskId === undefined || taskId === entry.task_id
  if (staysOnTask && (projectId === undefined || projectId === entry.project_id)) return {}
  if (taskId === null && projectId === undefined) return { task_id: null }
  return requirePlace(db, { projectId, taskId })
}
