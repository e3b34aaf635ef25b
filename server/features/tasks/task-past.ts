import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { Change } from '#server/features/audit/audit-event.ts'
import { firstIdAt } from '#server/features/audit/audit-event-queries.ts'
import type { Task } from '#server/features/tasks/task.ts'
import { taskColumns } from '#server/features/tasks/task-queries.ts'

/** A tag or a viewer that came or went after the moment: the first that happened to it. */
export type LinkAfter = { action: string; id: string; name: string | null }
/** What there is now, and what happened since the moment: by column, the first change after it. */
export type TaskPast = {
  id: string
  /** Null: it is deleted. */
  now: Task | null
  /** The event that tells of the deletion: what it may be read by. */
  deletionId: string | null
  after: Record<string, Change>
  /** The last change until the moment, of columns whose first one after it was erased. */
  before: Record<string, Change>
  links: LinkAfter[]
  /** When the history says that it was made; null: that event is no longer there. */
  madeAt: string | null
  createdAt: string | null
  changedAt: string | null
  deletedAt: string | null
  knownFrom: string | null
}

/** The past of a task that the caller may read; of a deleted one, whose deletion they may read in the audit log. */
export async function findTaskPast(db: Reader, id: string, at: string): Promise<TaskPast | undefined> {
  const now = await db
    .rows('task')
    .where('task.id', '=', id)
    .select(taskColumns)
    .select(pastColumns(sql`task.id`, at))
    .executeTakeFirst()
  if (now) {
    const { after, before, links, madeAt, changedAt, prunedBefore, ...task } = now
    return {
      ...{ id, now: task, deletionId: null, after, before, links, madeAt, changedAt, deletedAt: null },
      createdAt: task.createdAt,
      knownFrom: madeAt === null ? prunedBefore : null,
    }
  }
  const deleted = await db
    .rows('audit')
    .where('audit_event.entity_id', '=', id)
    .where('audit_event.action', '=', 'task.deleted')
    .select(['audit_event.id as deletionId', 'audit_event.at as deletedAt'])
    .select(pastColumns(sql`audit_event.entity_id`, at))
    .executeTakeFirst()
  if (!deleted) return undefined
  const { prunedBefore, ...past } = deleted
  return {
    ...{ id, now: null, ...past, createdAt: past.madeAt },
    knownFrom: past.madeAt === null ? prunedBefore : null,
  }
}

/**
 * All in one statement, and so of one moment. A reader of the task reads what happened to it, so the events need no rule
 * of their own. The index is audit_event_task, but for the last: audit_event_entity.
 */
function pastColumns(task: RawBuilder<unknown>, at: string) {
  const its = sql`e.task_id = ${task} and e.entity = 'task'`
  const since = sql`e.id >= ${firstIdAt(at, -1000)} and e.at > ${at}`
  const until = sql`e.id < ${firstIdAt(at, 1000)} and e.at <= ${at}`
  const first = sql`select distinct on (f.key) f.key, f.value
    from audit_event e cross join lateral jsonb_each(e.changes) f
    where ${its} and ${since} and e.action in ('task.updated', 'task.deleted') order by f.key, e.seq`
  return [
    sql<Record<string, Change>>`(select coalesce(jsonb_object_agg(a.key, a.value), '{}') from (${first}) a)`.as(
      'after',
    ),
    sql<Record<string, Change>>`(select coalesce(jsonb_object_agg(b.key, b.value), '{}') from (
      select distinct on (f.key) f.key, f.value
      from audit_event e cross join lateral jsonb_each(e.changes) f
      where exists (select from (${first}) a where a.value ? 'erased') and ${its} and ${until}
        and e.action in ('task.created', 'task.updated') order by f.key, e.seq desc) b)`.as('before'),
    sql<LinkAfter[]>`(select coalesce(jsonb_agg(to_jsonb(l)), '[]') from (
      select distinct on (o.id) o.id, e.action, coalesce(e.changes #>> '{name,to}', e.changes #>> '{name,from}') as name
      from audit_event e cross join lateral (
        select coalesce(e.changes #>> '{tag_id,to}', e.changes #>> '{tag_id,from}',
          e.changes #>> '{member_id,to}', e.changes #>> '{member_id,from}') as id) o
      where ${its} and ${since} and e.action like 'task.%\\_%' order by o.id, e.seq) l)`.as('links'),
    sql<
      string | null
    >`(select e.at from audit_event e where ${its} and e.action = 'task.created' order by e.id limit 1)`.as('madeAt'),
    sql<string | null>`(select e.at from audit_event e where ${its} and ${until} order by e.id desc limit 1)`.as(
      'changedAt',
    ),
    // Whatever removes events tells of it in an event, which is never the last to go.
    sql<string | null>`(select e.changes #>> '{before,to}' from audit_event e
      where e.entity_id = (select w.id from workspace w) and e.action = 'audit.pruned' order by e.id desc limit 1)`.as(
      'prunedBefore',
    ),
  ]
}
