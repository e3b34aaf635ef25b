import Type, { type Static } from 'typebox'
import { changes, Id, Instant, nullable, object, text, Version } from '#server/http/schemas.ts'

const Note = text(2000)
const Rate = Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'Euro cents an hour' })
/** Ten years. The longest that an entry lasts, so that sums of seconds and of cents stay exact. */
export const longestSeconds = 315_360_000
const Duration = Type.Integer({ minimum: 0, maximum: longestSeconds, description: 'Whole seconds' })

export const TimeEntry = Type.Object(
  {
    id: Id,
    memberId: Id,
    projectId: Id,
    taskId: nullable(Id),
    startedAt: Instant,
    endedAt: nullable(Instant),
    durationSeconds: Type.Integer({
      minimum: 0,
      description: 'Whole seconds; while it runs (`endedAt` is null), those up to now',
    }),
    note: Note,
    billable: Type.Boolean(),
    rateCents: nullable(Rate),
    version: Version,
  },
  { $id: 'TimeEntry' },
)
export type TimeEntry = Static<typeof TimeEntry>

const optional = {
  note: Type.Optional(Note),
  billable: Type.Optional(Type.Boolean()),
  rateCents: Type.Optional(nullable(Rate)),
}
const ends = {
  endedAt: Type.Optional(Instant),
  durationSeconds: Type.Optional(Duration),
}

export const NewTimeEntry = object(
  {
    projectId: Type.Optional(Id),
    taskId: Type.Optional(Id),
    startedAt: Instant,
    ...ends,
    ...optional,
    memberId: Type.Optional(Id),
  },
  { $id: 'NewTimeEntry' },
)
export type NewTimeEntry = Static<typeof NewTimeEntry>

export const TimeEntryChanges = changes({
  projectId: Id,
  taskId: nullable(Id),
  startedAt: Instant,
  ...ends,
  ...optional,
})
export type TimeEntryChanges = Static<typeof TimeEntryChanges>

export const TimerStart = object(
  { projectId: Type.Optional(Id), taskId: Type.Optional(Id), ...optional },
  { $id: 'TimerStart' },
)
