import Type from 'typebox'
import { namesAt } from '#server/features/tasks/names-at.ts'
import { TaskAsOf } from '#server/features/tasks/task-as-of.ts'
import { findTaskPast } from '#server/features/tasks/task-past.ts'
import { undo } from '#server/features/tasks/undo.ts'
import { operation } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Instant, inWorkspace, object } from '#server/http/schemas.ts'

const problems = {
  'no-longer-kept': { status: 422, title: 'The history of that moment is no longer kept' },
} as const satisfies ProblemTable

export const getTaskAsOf = operation({
  id: 'getTaskAsOf',
  summary: 'Read a task as it was at a moment',
  description:
    'With its tags and viewers, and names as they were then. It is worked out from the history, for everyone who may ' +
    'read the task; once it is deleted, for those who may read the audit of it. Before it was made, and after it was ' +
    'deleted, there is no such task (404). Where the history of that moment is no longer kept, the answer is 422, and ' +
    'its `knownFrom` says from when on it can be told.',
  route: 'GET /api/workspaces/:workspace/tasks/:task/as-of',
  needs: { resource: 'task', action: 'read' },
  params: inWorkspace('task'),
  query: object({
    at: Type.Optional(Type.String({ ...Instant, description: 'That moment, with what happened in it; without: now' })),
  }),
  returns: TaskAsOf,
  problems,
  async run({ db, params, query, services, problem }) {
    const at = query.at ?? endOfTime
    const past = await findTaskPast(db, params.task, at)
    if (!past) throw problem('not-found')
    const { createdAt, changedAt, deletedAt, knownFrom, madeAt } = past
    if (isAfter(madeAt, at) || (deletedAt !== null && !isAfter(deletedAt, at))) throw problem('not-found')
    if (isAfter(knownFrom, at))
      throw problem('no-longer-kept', `What it was is told from ${knownFrom} on: ask for a moment from then on.`, {
        members: { knownFrom },
      })
    const then = undo(past)
    const names = await namesAt(db, past, then, at)
    return {
      ...{ id: params.task, at: query.at ?? services.clock.now().toString() },
      ...then.fields,
      ...names,
      ...{ createdAt, changedAt, deletedAt, knownFrom, erased: then.erased },
    }
  },
})

// What happens at this very moment counts too, whatever the server's clock says.
const endOfTime = '9999-12-31T23:59:59Z'

function isAfter(a: string | null, b: string): boolean {
  return a !== null && Temporal.Instant.compare(a, b) > 0
}
