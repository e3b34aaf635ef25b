/** The application clock: tests set it (`KONTOR_TEST_CLOCK`), and days are days in Brussels. */
export type Clock = {
  now(): Temporal.Instant
  today(): Temporal.PlainDate
  /** The instant at which a test has stopped it; null: it goes. */
  stoppedAt(): string | null
}

export const timeZone = 'Europe/Brussels'

/** @param start an RFC 3339 instant at which a test's clock stands; unset: the machine's own clock. */
export function createClock(start?: string): Clock & { set(instant: string): void } {
  let fixed = start ? Temporal.Instant.from(start) : undefined
  const now = () => fixed ?? Temporal.Now.instant()
  return {
    now,
    today: () => now().toZonedDateTimeISO(timeZone).toPlainDate(),
    stoppedAt: () => fixed?.toString() ?? null,
    set: instant => {
      fixed = Temporal.Instant.from(instant)
    },
  }
}

/** The first instant of a local day, and of the day after: 23, 24 or 25 hours apart. */
export function dayBounds(day: string): { start: Temporal.Instant; end: Temporal.Instant } {
  const date = Temporal.PlainDate.from(day)
  const startOf = (d: Temporal.PlainDate) => d.toZonedDateTime(timeZone).toInstant()
  return { start: startOf(date), end: startOf(date.add({ days: 1 })) }
}
