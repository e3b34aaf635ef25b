import Type, { type Static } from 'typebox'
import { timeZone } from '#server/clock.ts'
import { Format } from '#server/features/audit-exports/audit-export.ts'
import { changes, Id, Instant, nullable, object, oneOf, Version } from '#server/http/schemas.ts'

const rhythms = ['daily', 'weekly', 'monthly'] as const
export type Rhythm = (typeof rhythms)[number]

const Every = oneOf(rhythms, { description: 'A week begins on Monday, a month on its first day' })
const Hour = Type.Integer({ minimum: 0, maximum: 23, description: 'The full hour in Europe/Brussels' })
const Active = Type.Boolean({ description: 'Once switched on again, the next export covers the time between too' })
const Webhook = nullable(
  Type.String({
    format: 'uuid',
    description: 'The webhook that gets an event `audit.export_ready` with the address of each file, never the file',
  }),
)

export const AuditExportSchedule = Type.Object(
  {
    id: Id,
    format: Format,
    every: Every,
    hour: Hour,
    webhookId: Webhook,
    active: Active,
    memberId: nullable(Type.String({ format: 'uuid', description: 'Who set it up' })),
    nextAt: Instant,
    nextIndex: Type.Integer({ description: 'The first leaf of the next export: all before it have been exported' }),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'AuditExportSchedule' },
)
export type AuditExportSchedule = Static<typeof AuditExportSchedule>

export const NewAuditExportSchedule = object(
  { format: Format, every: Every, hour: Hour, webhookId: Type.Optional(Webhook), active: Type.Optional(Active) },
  { $id: 'NewAuditExportSchedule' },
)
export const AuditExportScheduleChanges = changes({
  format: Format,
  every: Every,
  hour: Hour,
  webhookId: Webhook,
  active: Active,
})

/** When it is the turn of a schedule next, strictly after an instant. An hour that a day lacks is the one after it. */
export function nextTurn({ every, hour }: { every: Rhythm; hour: number }, after: Temporal.Instant): Temporal.Instant {
  const local = after.toZonedDateTimeISO(timeZone)
  for (let day = firstDay(every, local.toPlainDate()); ; day = day.add(steps[every])) {
    const turn = day.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant()
    if (Temporal.Instant.compare(turn, after) > 0) return turn
  }
}

const steps = { daily: { days: 1 }, weekly: { weeks: 1 }, monthly: { months: 1 } } as const

function firstDay(every: Rhythm, day: Temporal.PlainDate): Temporal.PlainDate {
  if (every === 'weekly') return day.subtract({ days: day.dayOfWeek - 1 })
  return every === 'monthly' ? day.with({ day: 1 }) : day
}
