import type { Clock } from '#server/clock.ts'
import type { Writer } from '#server/database/door.ts'
import { findRunning } from '#server/features/time-entries/time-entry-queries.ts'

/**
 * Ends the caller's running entry. Timers begin and end on whole seconds, so that no part of one is lost between two.
 * @returns which entry it was, if one ran, and the instant at which the next one may begin.
 */
export async function stopRunning(
  db: Writer,
  clock: Clock,
): Promise<{ stopped: string | undefined; at: Temporal.Instant }> {
  // Locks the caller's own row: of two that start a timer at once, the second waits, and then stops the first.
  await db.require('member', db.access.memberId, 'self')
  const now = clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' })
  const running = await findRunning(db, now)
  if (!running) return { stopped: undefined, at: now }
  // One that was set to begin later than now ends as it begins.
  const started = Temporal.Instant.from(running.startedAt)
  const at = Temporal.Instant.compare(now, started) < 0 ? started : now
  await db
    .update('time_entry', 'self')
    .set({ ended_at: at.toString() })
    .where('time_entry.id', '=', running.id)
    .execute()
  return { stopped: running.id, at }
}
