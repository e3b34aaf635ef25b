import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import Type, { type Static } from 'typebox'
import { planAnew } from '#server/database/dialect.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { auditedActions, auditedEntities } from '#server/features/audit/audit-event.ts'
import { firstIdAt } from '#server/features/audit/audit-event-queries.ts'
import { toQueryText } from '#server/features/search/search-words.ts'
import { Id, Instant, object, oneOf } from '#server/http/schemas.ts'

/** What narrows the history, wherever it is read: lists and exports. Filters narrow one another. */
export const auditFilters = {
  entity: Type.Optional(oneOf(auditedEntities)),
  entityId: Type.Optional(Id),
  taskId: Type.Optional(Id),
  action: Type.Optional(oneOf(auditedActions)),
  memberId: Type.Optional(Id),
  tokenId: Type.Optional(Type.String({ format: 'uuid', description: 'What was done with this API token' })),
  requestId: Type.Optional(Type.String({ maxLength: 200, description: 'What one request changed' })),
  field: Type.Optional(
    Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,60}$', description: 'A field that changed, such as `status`' }),
  ),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Words that stand in what changed, or in the names then; the last may be the beginning of one',
    }),
  ),
  since: Type.Optional(Instant),
  until: Type.Optional(Instant),
}
const Filters = object(auditFilters)
export type AuditFilters = Static<typeof Filters>

type Rows<T> = SelectQueryBuilder<WorkspaceTables, 'audit_event', T>

/** By what the events themselves say: without an index of its own for each, so for few events, or in small bounds. */
export function whereColumns<T>(rows: Rows<T>, filters: AuditFilters): Rows<T> {
  const { requestId, field, q } = filters
  let found = rows
  if (filters.entity) found = found.where('audit_event.entity', '=', filters.entity)
  if (filters.entityId) found = found.where('audit_event.entity_id', '=', filters.entityId)
  if (filters.taskId) found = found.where('audit_event.task_id', '=', filters.taskId)
  if (filters.action) found = found.where('audit_event.action', '=', filters.action)
  if (filters.memberId) found = found.where('audit_event.member_id', '=', filters.memberId)
  if (filters.tokenId) found = found.where('audit_event.token_id', '=', filters.tokenId)
  if (requestId !== undefined) found = found.where('audit_event.request_id', '=', requestId)
  if (field !== undefined) found = found.where(sql<SqlBool>`audit_event.changes ? ${columnOf(field)}`)
  if (q !== undefined) found = found.where(sql<SqlBool>`audit_search_:schema(audit_event) @@ ${wordsOf(q)}`)
  // The id is made a moment after `at` or before it; the exact bound is on `at`.
  if (filters.since)
    found = found
      .where('audit_event.id', '>=', firstIdAt(filters.since, -1000))
      .where('audit_event.at', '>=', filters.since)
  if (filters.until)
    found = found
      .where('audit_event.id', '<', firstIdAt(filters.until, 1000))
      .where('audit_event.at', '<', filters.until)
  return found
}

/** Leaves are found by all but by the object that they are about. */
export type LeafFilters = AuditFilters & { entityId?: undefined; taskId?: undefined }

/** Whether the filters want what only leaves have an index for. Of one object there is never much. */
export function needsLeaves(filters: AuditFilters): filters is LeafFilters {
  const { entityId, taskId, action, entity, requestId, field, q } = filters
  return Boolean(!entityId && !taskId && (entity ?? action ?? requestId ?? field ?? q))
}

/** The events that are not sealed yet: few, and found in the order of commits, whatever else is asked for. */
export function whereUnsealed<T>(rows: Rows<T>): Rows<T> {
  const ids = sql<string>`any(array(select u.id from audit_event u
    where (u.xid, u.seq) > (select w.sealed_xid, w.sealed_seq from workspace w) order by u.xid, u.seq limit ${mostUnsealed}))`
  return rows.where('audit_event.id', '=', ids)
}

// Sealing follows in seconds; where it stands still, filtered pages lag behind instead of becoming slow.
const mostUnsealed = 10_000

/**
 * Of the sealed events those that the filters want, newest first. What is common is found among the last few thousand;
 * for what is not, one index answers all filters together. Left to itself the planner walks through everything where a
 * word is rare, because it cannot know that.
 */
export async function newestSealed<T>(
  rows: () => Rows<T>,
  filters: LeafFilters,
  after: RawBuilder<SqlBool>,
  limit: number,
): Promise<T[]> {
  const wanted = sql.join([sql`true`, ...leafConditions(filters)], sql` and `)
  const recent = sql<string>`any(array(select ${sql.raw(planAnew)} id from (
      select * from audit_leaf as audit_event (id, index, at, terms, search) where ${after} order by id desc limit ${few}
    ) as audit_event where ${wanted} order by id desc limit ${limit}))`
  const found = await rows().where('audit_event.id', '=', recent).execute()
  if (found.length >= limit) return found
  const all = sql<string>`any(array(with hits as materialized (select ${sql.raw(planAnew)} audit_event.id
      from audit_leaf as audit_event (id, index, at, terms, search) where ${after} and ${wanted})
    select id from hits order by id desc limit ${limit}))`
  return rows().where('audit_event.id', '=', all).execute()
}

const few = 8000

// Leaves are named like the events that they stand for, so that a page's own conditions hold for both.
function leafConditions(filters: LeafFilters): RawBuilder<unknown>[] {
  const { since, until, q } = filters
  const terms = termsOf(filters)
  return [
    ...(terms.length > 0 ? [sql`audit_event.terms @> ${terms}::text[]`] : []),
    ...(q === undefined ? [] : [sql`audit_event.search @@ ${wordsOf(q)}`]),
    ...(since ? [sql`audit_event.id >= ${firstIdAt(since, -1000)}`, sql`audit_event.at >= ${since}`] : []),
    ...(until ? [sql`audit_event.id < ${firstIdAt(until, 1000)}`, sql`audit_event.at < ${until}`] : []),
  ]
}

const prefixes = {
  action: 'a',
  entity: 'e',
  memberId: 'm',
  tokenId: 'k',
  requestId: 'r',
} as const satisfies Partial<Record<keyof AuditFilters, string>>

// As audit_found writes them (sql/workspace/0019-sealing.sql).
function termsOf(filters: LeafFilters): string[] {
  const names = Object.keys(prefixes) as (keyof typeof prefixes)[]
  const terms = names.flatMap(name => {
    const value = filters[name]
    return value === undefined
      ? []
      : [`${prefixes[name]}:${name.endsWith('Id') && name !== 'requestId' ? value.toLowerCase() : value}`]
  })
  return filters.field === undefined ? terms : [...terms, `f:${columnOf(filters.field)}`]
}

// The API says dueOn, the column and the event say due_on.
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function wordsOf(q: string): RawBuilder<unknown> {
  return sql`to_tsquery('simple', ${toQueryText(q) ?? ''})`
}
