import { type RawBuilder, sql } from 'kysely'
import { dayBounds, timeZone } from '#server/clock.ts'

/** The days of a report, both included, either left open. */
export type Days = { from?: string | undefined; to?: string | undefined }

/** The number of the local day or week (of so many seconds) in which an entry started, counted from a first day. */
export function periodSql(seconds: number, firstDay: string, days: Days): RawBuilder<number> {
  // A cast rounds where a floor is wanted, so half a period is taken off. Instants are whole milliseconds: half of one
  // is added, so that nothing is ever a half, which would become the even number.
  const origin = Temporal.Instant.from(`${firstDay}T00:00Z`)
    .add({ milliseconds: seconds * 500 })
    .subtract({ microseconds: 500 })
  return sql`(tstzrange_subdiff(time_entry.started_at, ${instantAt(origin, days)}) / ${sql.lit(seconds)}::float8)::int`
}

/**
 * When it is as late in Brussels as an instant is in UTC, by the clock that holds when the entry starts. PostgreSQL
 * takes 0.3 µs to convert an instant to local time; told when the clock changes, it only compares.
 */
function instantAt(late: Temporal.Instant, days: Days): RawBuilder<string> {
  const { start, end, isWhole } = knownSpan(days)
  const clocks = clocksBetween(start, end).map(({ since, offset }) => ({
    since: since.toString(),
    instant: late.subtract({ nanoseconds: offset }).toString(),
  }))
  const known = clocks.length <= fewClocks ? comparing(clocks) : lookedUp(clocks)
  if (isWhole) return known
  return sql`case when time_entry.started_at >= ${start.toString()} and time_entry.started_at < ${end.toString()} then ${known}
    else ${late.toString()}::timestamptz
      - ((time_entry.started_at at time zone ${sql.lit(timeZone)}) - (time_entry.started_at at time zone 'UTC')) end`
}

// The clock changes twice a year. Work that is reported lies here; what does not is converted entry by entry.
const [earliest, latest] = [dayBounds('2010-01-01').start, dayBounds('2039-12-31').end]

function knownSpan({ from, to }: Days) {
  const [first, last] = [from && dayBounds(from).start, to && dayBounds(to).end]
  const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0
  const start = first && isAfter(first, earliest) ? first : earliest
  const end = last && isAfter(latest, last) ? last : latest
  return { start, end, isWhole: start === first && end === last }
}

/** The offsets from UTC in nanoseconds that hold in a span of time, and since when. */
function clocksBetween(start: Temporal.Instant, end: Temporal.Instant) {
  const clocks: { since: Temporal.Instant; offset: number }[] = []
  let at: Temporal.ZonedDateTime | null = start.toZonedDateTimeISO(timeZone)
  do {
    clocks.push({ since: at.toInstant(), offset: at.offsetNanoseconds })
    at = at.getTimeZoneTransition('next')
  } while (at && Temporal.Instant.compare(at.toInstant(), end) < 0)
  return clocks
}

type Clock = { since: string; instant: string }

// Up to here, comparing with one after the other takes less than looking up.
const fewClocks = 6

function comparing(clocks: readonly Clock[]): RawBuilder<string> {
  return clocks
    .map(({ instant }) => sql<string>`${instant}::timestamptz`)
    .reduceRight(
      (later, earlier, n) =>
        sql`case when time_entry.started_at < ${clocks[n + 1]!.since} then ${earlier} else ${later} end`,
    )
}

function lookedUp(clocks: readonly Clock[]): RawBuilder<string> {
  const [instants, since] = [clocks.map(clock => clock.instant), clocks.map(clock => clock.since)]
  return sql`(${instants}::timestamptz[])[width_bucket(time_entry.started_at, ${since}::timestamptz[])]`
}
