import { type Kysely, sql } from 'kysely'
import { timeZone } from '#server/clock.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { getsDigests, isOpen, isTheirTurn } from '#server/features/notifications/digest-queries.ts'
import { morningOf, nextMorning, type Rhythm } from '#server/features/notifications/morning.ts'
import type { Services } from '#server/services.ts'

/**
 * Queues the next morning round of a workspace that has something for one, and for no other: a morning opens only
 * the workspaces whose turn it is. The reader of the events calls it, each round, and the hourly clean-up.
 * @param from the first day that counts; after its morning, what is due on it is told at once.
 */
export async function queueMorning(
  services: Services,
  { id }: WorkspaceAddress,
  db: Kysely<WorkspaceTables>,
  from: Temporal.PlainDate = services.clock.today(),
): Promise<void> {
  const now = services.clock.now()
  const { dueOn, rhythms, isLate } = await findNext(db, now, from)
  const moments = rhythms.map(rhythm => nextMorning(rhythm, now))
  if (dueOn) moments.push(morningOf(Temporal.PlainDate.from(dueOn)))
  if (isLate) moments.push(now)
  const [next] = moments.toSorted(Temporal.Instant.compare)
  if (!next) return
  const day = next.toZonedDateTimeISO(timeZone).toPlainDate()
  await services.jobs.add(
    'make-morning-round',
    { workspaceId: id },
    // The day is part of the key: one that waits for another day does no harm, because the tables say what is to do.
    {
      key: `morning/${id}/${day}`,
      queue: `morning/${id}`,
      delayMs: Math.max(0, next.epochMilliseconds - now.epochMilliseconds),
    },
  )
}

type Next = { dueOn: string | null; rhythms: Rhythm[]; isLate: boolean }

// Indexes: task_due, notification_unread. Late is a digest of this morning that was not made: the server was off, say.
async function findNext(db: Kysely<WorkspaceTables>, now: Temporal.Instant, from: Temporal.PlainDate): Promise<Next> {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const morning = morningOf(today)
  const isPast = from.equals(today) && Temporal.Instant.compare(now, morning) >= 0
  const { rows } = await sql<Next>`select
    (select t.due_on from task t join member m on m.id = t.assignee_id
      where m.active and t.closed_at is null and t.due_on >= ${from.toString()}::date and not exists (
        select from notification n
        where n.kind = 'due' and n.task_id = t.id and n.due_on = t.due_on and n.member_id = t.assignee_id)
      order by t.due_on limit 1) as "dueOn",
    array(select distinct m.digest from member m
      where ${getsDigests} and m.digest <> 'off' and exists (
        select from notification n where n.member_id = m.id and ${isOpen})) as rhythms,
    ${isPast} and exists (select from member m
      where ${isTheirTurn(today)} and exists (
        select from notification n where n.member_id = m.id and n.created_at <= ${morning.toString()}::timestamptz
          and ${isOpen})) as "isLate"`.execute(db)
  return rows[0]!
}
