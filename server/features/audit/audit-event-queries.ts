import { sql } from 'kysely'

/** Ids of events hold the millisecond of their making, so a span of time is a span of the primary key. */
export function firstIdAt(instant: string, slackMs: number) {
  const milliseconds = Math.max(0, Temporal.Instant.from(instant).epochMilliseconds + slackMs)
  const hex = milliseconds.toString(16).padStart(12, '0').slice(-12)
  return sql<string>`${`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`}::text::uuid`
}
