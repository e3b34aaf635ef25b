import { timeZone } from '#server/clock.ts'

const hour = 8

/** When members are told of a day: at eight in the morning in Brussels, whatever the clocks did that night. */
export function morningOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant()
}

/** The rhythms whose turn it is on a day. */
export function rhythmsOf(day: Temporal.PlainDate): Rhythm[] {
  return day.dayOfWeek <= 5 ? ['daily', 'weekdays'] : ['daily']
}
export type Rhythm = 'daily' | 'weekdays'

/** The first morning of that rhythm after an instant. */
export function nextMorning(rhythm: Rhythm, after: Temporal.Instant): Temporal.Instant {
  for (let day = after.toZonedDateTimeISO(timeZone).toPlainDate(); ; day = day.add({ days: 1 })) {
    const morning = morningOf(day)
    if (Temporal.Instant.compare(morning, after) > 0 && rhythmsOf(day).includes(rhythm)) return morning
  }
}
