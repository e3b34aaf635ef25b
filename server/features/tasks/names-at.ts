import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import { firstIdAt } from '#server/features/audit/audit-event-queries.ts'
import type { TaskAsOf } from '#server/features/tasks/task-as-of.ts'
import type { TaskPast } from '#server/features/tasks/task-past.ts'
import { nameInChange, type TaskThen } from '#server/features/tasks/undo.ts'

type Names = Pick<TaskAsOf, 'key' | 'projectName' | 'creatorName' | 'assigneeName' | 'parentTitle' | 'tags' | 'viewers'>

/** What all that a task referred to at a moment was called at that moment. */
export async function namesAt(db: Reader, past: TaskPast, then: TaskThen, at: string): Promise<Names> {
  const { projectId, parentId, creatorId, assigneeId, number } = then.fields
  const people = [...then.viewerIds, creatorId, assigneeId].filter(id => id !== null)
  const columns = [
    namesOf('tag', then.tagIds, at).as('tags'),
    namesOf('member', people, at).as('people'),
    sql<string | null>`(${called('project', 'key', sql`${projectId}::uuid`, at)} limit 1)`.as('key'),
    sql<string | null>`(${called('project', 'name', sql`${projectId}::uuid`, at)} limit 1)`.as('projectName'),
    sql<string | null>`(${called('task', 'title', sql`${parentId}::uuid`, at)} limit 1)`.as('parentTitle'),
  ] as const
  // Whoever reads the task, or that it was deleted, reads what its own history calls people and tags.
  const found = past.deletionId
    ? await db.rows('audit').where('audit_event.id', '=', past.deletionId).select(columns).executeTakeFirstOrThrow()
    : await db.rows('task').where('task.id', '=', past.id).select(columns).executeTakeFirstOrThrow()
  const named = (names: Record<string, string | null>, id: string, told: string | null) =>
    id in names ? (names[id] ?? null) : told
  const person = (id: string, told: string | null) => named(found.people, id, told)
  const inLink = (id: string) => past.links.find(link => link.id === id)?.name ?? null
  return {
    key: found.key && number !== null ? `${found.key}-${number}` : null,
    projectName: (await mayName(db, past, 'project', projectId)) ? found.projectName : null,
    parentTitle: (await mayName(db, past, 'task', parentId)) ? found.parentTitle : null,
    creatorName: creatorId && person(creatorId, nameInChange(past, 'creatorId')),
    assigneeName: assigneeId && person(assigneeId, nameInChange(past, 'assigneeId')),
    tags: then.tagIds.map(id => ({ id, name: named(found.tags, id, inLink(id)) })),
    viewers: then.viewerIds.map(id => ({ id, name: person(id, inLink(id)) })),
  }
}

type Thing = 'tag' | 'member' | 'project' | 'task'

function namesOf(thing: Thing, ids: readonly string[], at: string) {
  return sql<Record<string, string | null>>`(select coalesce(jsonb_object_agg(w.id, n.name), '{}')
    from unnest(${ids}::uuid[]) as w (id) cross join lateral (${called(thing, 'name', sql`w.id`, at)} limit 1) n)`
}

/** What it was renamed from first after the moment, or is called now. The index is audit_event_entity. */
function called(thing: Thing, column: string, id: Expression<unknown>, at: string): RawBuilder<unknown> {
  const actions = [`${thing}.updated`, `${thing}.deleted`]
  return sql`(select e.changes -> ${column}::text ->> 'from' as name from audit_event e
      where e.entity_id = ${id} and e.id >= ${firstIdAt(at, -1000)} and e.at > ${at}
        and e.action = any(${actions}::text[]) and e.changes ? ${column}::text order by e.seq limit 1)
    union all select ${sql.ref(`r.${column}`)} from ${sql.table(thing)} r where r.id = ${id}`
}

// A project or a task is named to those who may read it. In the audit log the deletion names them itself.
async function mayName(db: Reader, past: TaskPast, thing: 'project' | 'task', id: string | null): Promise<boolean> {
  if (id === null || past.deletionId !== null) return true
  const found =
    thing === 'project'
      ? await db.rows('project').where('project.id', '=', id).select('project.id').executeTakeFirst()
      : await db.rows('task').where('task.id', '=', id).select('task.id').executeTakeFirst()
  return found !== undefined
}
