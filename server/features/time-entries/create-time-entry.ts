import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { NewTimeEntry, TimeEntry } from '#server/features/time-entries/time-entry.ts'
import {
  endOf,
  requireLength,
  requirePlace,
  requireTimeEntry,
} from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createTimeEntry = operation({
  id: 'createTimeEntry',
  summary: 'Book time',
  description:
    'On a project or a task, from `startedAt` to `endedAt` or for `durationSeconds`; one that runs is started with the ' +
    'timer. Only who may write everybody’s time books it for another member.',
  route: 'POST /api/workspaces/:workspace/time-entries',
  needs: { resource: 'time_entry', action: 'write' },
  params: inWorkspace(),
  body: NewTimeEntry,
  example: {
    projectId: '01990000-0000-7000-8000-000000000000',
    startedAt: '2026-11-02T08:00:00Z',
    durationSeconds: 5400,
    note: 'Kick-off',
    billable: true,
    rateCents: 9500,
  },
  returns: TimeEntry,
  status: 201,
  async run({ db, body, services }) {
    const endedAt = endOf(body.startedAt, body)
    if (endedAt === undefined) throw fieldProblem('/endedAt', 'is missing: give endedAt or durationSeconds')
    requireLength(body.startedAt, endedAt, services.clock.now())
    const memberId = body.memberId ?? db.access.memberId
    if (memberId !== db.access.memberId) await requireOther(db, memberId)
    const place = await requirePlace(db, body)
    const id = uuid7()
    const [, entry] = await Promise.all([
      db.insert('time_entry', {
        ...place,
        id,
        member_id: memberId,
        started_at: body.startedAt,
        ended_at: endedAt,
        note: body.note ?? '',
        billable: body.billable ?? false,
        rate_cents: body.rateCents ?? null,
      }),
      requireTimeEntry(db, services.clock.now(), id),
    ])
    return entry
  },
})

async function requireOther(db: Writer, memberId: string): Promise<void> {
  if (db.access.permissions.time_entry.write !== 'all') throw problem('forbidden', 'You may book your own time only.')
  await db.requireAll('member', [memberId], '/memberId')
}
