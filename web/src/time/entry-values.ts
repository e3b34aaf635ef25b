import type { TimeEntry } from '#client'
import { formatDuration } from '#web/messages/formats.ts'
import { clockOf, dayOf, instantOf } from '#web/time/brussels.ts'
import { parseDuration } from '#web/time/duration.ts'
import type { Place } from '#web/time/place-fields.tsx'

/** A time entry as its form holds it. */
export type EntryValues = Place & {
  day: string
  start: string
  duration: string
  note: string
  billable: boolean
  /** Euro an hour. */
  rate: string | number
}

export function valuesOf(entry: TimeEntry): EntryValues {
  const { startedAt, durationSeconds, note, billable, rateCents, projectId, taskId } = entry
  const rate = rateCents === null ? '' : rateCents / 100
  const [day, start] = [dayOf(startedAt), clockOf(startedAt)]
  return { day, start, duration: formatDuration(durationSeconds), note, billable, rate, projectId, taskId }
}

/** The start and the length to save. The form knows minutes only: what was not typed anew keeps its seconds. */
export function whenOf({ day, start, duration }: EntryValues, entry?: TimeEntry) {
  const before = entry && valuesOf(entry)
  const kept = entry && before?.day === day && before.start === start
  return {
    startedAt: kept ? entry.startedAt : instantOf(day, start),
    durationSeconds: secondsOf(duration, entry),
  }
}

/** Undefined where it is no duration. */
export function secondsOf(duration: string, entry?: TimeEntry): number | undefined {
  const kept = entry && valuesOf(entry).duration === duration
  return kept ? entry.durationSeconds : parseDuration(duration)
}
