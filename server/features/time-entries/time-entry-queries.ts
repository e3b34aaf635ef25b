import { sql } from 'kysely'
import { dayBounds } from '#server/clock.ts'
import type { Reader, Writer } from '#server/database/door.ts'
import { longestSeconds, type TimeEntry } from '#server/features/time-entries/time-entry.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'

/**
 * Whole seconds of an entry; of one that runs, those up to now. Never negative, nor more than the longest entry has,
 * whatever the clocks say: an entry that was set to run since long ago must not break the sums of everybody.
 */
export function durationSql(now: Temporal.Instant) {
  const upToNow = sql`greatest(${now.toString({ smallestUnit: 'millisecond' })}::timestamptz, time_entry.started_at)`
  const seconds = sql`tstzrange_subdiff(coalesce(time_entry.ended_at, ${upToNow}), time_entry.started_at)`
  // Instants are whole milliseconds: rounded a hair less than half a second less is rounded down. The difference as a
  // number takes half the time of an interval and its parts.
  return sql<number>`least(${seconds} - 0.4995::float8, ${sql.lit(longestSeconds)}::float8)::int`
}

export function timeEntryColumns(now: Temporal.Instant) {
  return [
    'time_entry.id',
    'time_entry.member_id as memberId',
    'time_entry.project_id as projectId',
    'time_entry.task_id as taskId',
    'time_entry.started_at as startedAt',
    'time_entry.ended_at as endedAt',
    'time_entry.note',
    'time_entry.billable',
    'time_entry.rate_cents as rateCents',
    'time_entry.version',
    durationSql(now).as('durationSeconds'),
  ] as const
}

/** One time entry, or the problem that there is none that the caller may read. */
export async function requireTimeEntry(db: Reader, now: Temporal.Instant, id: string): Promise<TimeEntry> {
  const found = await db
    .rows('time_entry')
    .where('time_entry.id', '=', id)
    .select(timeEntryColumns(now))
    .executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}

/** The entry of the caller that runs, if one does. */
export function findRunning(db: Reader, now: Temporal.Instant): Promise<TimeEntry | undefined> {
  return db
    .rows('time_entry', 'self')
    .where('time_entry.ended_at', 'is', null)
    .select(timeEntryColumns(now))
    .executeTakeFirst()
}

/** Where the caller may book time: the project, and that of the task where only the task is given. */
export async function requirePlace(
  db: Writer,
  { projectId, taskId }: { projectId?: string | undefined; taskId?: string | null | undefined },
): Promise<{ project_id: string; task_id: string | null }> {
  if (taskId) {
    const project = db.rows('project').whereRef('project.id', '=', sql.ref('task.project_id')).select('project.id')
    const found = db
      .rows('task')
      .where('task.id', '=', taskId)
      .select(['task.project_id', sql<boolean>`exists (${project})`.as('showsProject')])
      .executeTakeFirst()
    const place = db.requirePlaceOf('time_entry', sql`(select t.project_id from task t where t.id = ${taskId})`)
    // What is wrong with the task is said first.
    const [task] = await Promise.all([found, place.catch(() => undefined)])
    if (!task) throw fieldProblem('/taskId', 'There is no such task.', 'not-found')
    if (projectId && projectId !== task.project_id)
      throw fieldProblem('/taskId', 'is a task of another project', 'rule-broken')
    if (!task.showsProject) throw fieldProblem('/taskId', 'There is no such project.', 'not-found')
    await place
    return { project_id: task.project_id, task_id: taskId }
  }
  if (!projectId) throw fieldProblem('/projectId', 'is missing: name a project or a task')
  await db.requirePlaces('time_entry', [projectId])
  return { project_id: projectId, task_id: null }
}

/** The end of an entry, given as an instant or as a duration; undefined where neither is given. */
export function endOf(
  startedAt: string,
  { endedAt, durationSeconds }: { endedAt?: string | undefined; durationSeconds?: number | undefined },
): string | undefined {
  if (endedAt !== undefined && durationSeconds !== undefined) {
    throw fieldProblem('/durationSeconds', 'is one too many: give endedAt or durationSeconds')
  }
  if (durationSeconds === undefined) return endedAt
  const end = Temporal.Instant.from(startedAt).add({ seconds: durationSeconds })
  if (Temporal.Instant.compare(end, endOfTime) >= 0)
    throw fieldProblem('/durationSeconds', 'must end before the year 10000', 'rule-broken')
  return end.toString()
}

// From here on years have five digits, which the API does not write.
const endOfTime = Temporal.Instant.from('+010000-01-01T00:00:00Z')

/** Refuses an entry that would last longer than any may; one that runs lasts until now. */
export function requireLength(startedAt: string, endedAt: string | null, now: Temporal.Instant): void {
  const end = endedAt === null ? now : Temporal.Instant.from(endedAt)
  if (end.since(Temporal.Instant.from(startedAt)).total('seconds') > longestSeconds)
    throw fieldProblem('/startedAt', 'must be within ten years of the end', 'rule-broken')
}

/** From the first instant of one local day to the last of another, either left open. */
export function betweenDays(from: string | undefined, until: string | undefined) {
  const conditions = [
    from === undefined ? undefined : sql<boolean>`time_entry.started_at >= ${dayBounds(from).start.toString()}`,
    until === undefined ? undefined : sql<boolean>`time_entry.started_at < ${dayBounds(until).end.toString()}`,
  ].filter(condition => condition !== undefined)
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
