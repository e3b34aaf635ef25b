import {
  type DeleteQueryBuilder,
  type DeleteResult,
  type Insertable,
  type InsertObject,
  type Kysely,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import {
  type Access,
  conditionFor,
  mayInsert,
  placeFor,
  type ResourceName,
  type RuleOf,
  type TableOf,
} from '#server/permissions/access.ts'
import { type Condition, never } from '#server/permissions/conditions.ts'
import { policies } from '#server/permissions/policies.ts'

/** Tables without rows of their own: they are read and written with the row that they belong to. */
type Links = { task: 'task_tag' | 'task_viewer'; project: 'project_member' }
type Visible<R extends ResourceName> = Pick<WorkspaceTables, TableOf<R> | (R extends keyof Links ? Links[R] : never)>
type LinkTable = Links[keyof Links]
export type Row<R extends ResourceName> = Selectable<WorkspaceTables[TableOf<R>]>

/** The only way to a workspace's data: every query that it hands out is already limited to what the caller may touch. */
export type Reader = {
  readonly access: Access
  /** The rows that the caller may read (or change, delete), to be narrowed further. */
  rows<R extends ResourceName>(
    resource: R,
    action?: RuleOf<R>,
  ): SelectQueryBuilder<Visible<R>, TableOf<R> & keyof Visible<R>, object>
  /** What a query of such rows finds, to be summed up. */
  from<DB, T extends keyof DB, O>(
    found: SelectQueryBuilder<DB, T, O>,
  ): SelectQueryBuilder<{ found: O }, 'found', object>
  /** Whether the row is there and may be touched; else the caller gets a problem. */
  require<R extends ResourceName>(resource: R, id: string, action?: RuleOf<R>, ifMatch?: string): Promise<Row<R>>
  /** All of these may be read, or the field that names them is answered with a problem. */
  requireAll(resource: ResourceName, ids: readonly string[], pointer: string): Promise<void>
  /** The caller may put a new row of this resource into each of these parents; else a problem. */
  requirePlaces(resource: ResourceName, parentIds: readonly string[]): Promise<void>
}

/**
 * The door inside a transaction, whose audit events name the caller. What is called for without waiting for what came
 * before is sent together and runs in the order of the calls. An insert holds to that when its place was required before.
 */
export type Writer = Reader & {
  /** The same for the one parent that a query names. */
  requirePlaceOf(resource: ResourceName, parentId: RawBuilder<string>): Promise<void>
  /** Puts new rows where the caller may put them. */
  insert<R extends ResourceName>(
    resource: R,
    values: Insertable<WorkspaceTables[TableOf<R>]> | readonly Insertable<WorkspaceTables[TableOf<R>]>[],
  ): Promise<void>
  /**
   * Puts a new row where the caller may put it, unless one with the same unique values is there, readable or not, or on
   * its way in another transaction. @returns whether it did.
   */
  insertUnlessTaken<R extends ResourceName>(
    resource: R,
    value: Insertable<WorkspaceTables[TableOf<R>]>,
  ): Promise<boolean>
  update<R extends ResourceName>(
    resource: R,
    action: RuleOf<R>,
  ): UpdateQueryBuilder<Visible<R>, TableOf<R> & keyof Visible<R>, TableOf<R> & keyof Visible<R>, UpdateResult>
  remove<R extends ResourceName>(
    resource: R,
    action: RuleOf<R>,
  ): DeleteQueryBuilder<Visible<R>, TableOf<R> & keyof Visible<R>, DeleteResult>
  /** Adds a link that may be there already. The caller has required the row that it belongs to. */
  link<T extends LinkTable>(table: T, values: readonly Insertable<WorkspaceTables[T]>[]): Promise<void>
  unlink<T extends LinkTable>(table: T, link: Partial<Insertable<WorkspaceTables[T]>>): Promise<void>
  /** Comes before anything that may take an admin away: such changes run one after another, and never deadlock. */
  holdAdmins(): Promise<void>
  /** There is room for so many bytes more; else the database refuses. */
  requireStorage(bytes: number, limitBytes: number): Promise<void>
  /** Tells in the history what is done with the history itself, and changes nothing. */
  recordAuditAction(kind: 'exported', facts: Record<string, unknown>): Promise<void>
  /** Begins or ends a legal hold. The database refuses it without a reason, and to whoever may not write the workspace. */
  setLegalHold(on: boolean): Promise<void>
}

type Database = Kysely<WorkspaceTables>

/** Reads as single statements: each confirms the access in its own snapshot. */
export function openReader(database: Database, access: Access): Reader {
  return reader(database, access, true)
}

/** Reads and writes in a transaction that began with `begin_change`, which confirmed the access. */
export function openWriter(database: Database, access: Access): Writer {
  const places: Places = new Map()
  return {
    ...reader(database, access, false),
    requirePlaces: (resource, parentIds) => requireNewPlaces(database, access, places, resource, parentIds),
    requirePlaceOf: async (resource, parentId) =>
      keepPlaces(places, resource, await requirePlaces(database, access, resource, parentId)),
    insert: async (resource, values) => {
      await insert(database, access, places, resource, [values].flat() as never)
    },
    insertUnlessTaken: async (resource, value) =>
      (await insert(database, access, places, resource, [value], true)) === 1,
    update: (resource, action) =>
      database.updateTable(policies[resource].table).where(conditionFor(access, resource, action)) as never,
    remove: (resource, action) =>
      database.deleteFrom(policies[resource].table).where(conditionFor(access, resource, action)) as never,
    async link(table, values) {
      if (values.length === 0) return
      await database
        .insertInto(table)
        .values(values as never)
        .onConflict(c => c.doNothing())
        .execute()
    },
    async unlink(table, link) {
      const same = Object.entries(link).map(([column, value]) => sql<boolean>`${sql.ref(column)} = ${value}`)
      await sql`delete from ${sql.table(table)} where ${sql.join(same, sql` and `)}`.execute(database)
    },
    async holdAdmins() {
      await sql`select hold_admins_:schema()`.execute(database)
    },
    async requireStorage(bytes, limitBytes) {
      await sql`select require_storage_:schema(${bytes}, ${limitBytes})`.execute(database)
    },
    async recordAuditAction(kind, facts) {
      await sql`select record_audit_action_:schema(${kind}, ${JSON.stringify(facts)}::text::jsonb)`.execute(database)
    },
    async setLegalHold(on) {
      await sql`select set_legal_hold_:schema(${on})`.execute(database)
    },
  }
}

function reader(database: Database, access: Access, confirm: boolean): Reader {
  function rows<R extends ResourceName>(resource: R, action: RuleOf<R> = 'read' as RuleOf<R>) {
    const condition = conditionFor(access, resource, action)
    const limited = database.selectFrom(policies[resource].table)
    return (confirm ? limited.where(confirming(access, condition)) : limited.where(condition)) as never
  }
  return {
    access,
    rows,
    from: found => database.selectFrom(found.as('found')) as never,
    async require(resource, id, action = 'read' as RuleOf<typeof resource>, ifMatch) {
      const { table } = policies[resource]
      const permitted = conditionFor(access, resource, action)
      let query = database
        .selectFrom(table)
        .selectAll(table)
        .select(permitted.as('is_permitted'))
        .where(sql.ref(`${table}.id`), '=', id)
      const readable = conditionFor(access, resource, 'read' as never)
      query = query.where(confirm ? confirming(access, readable) : readable)
      if (!confirm && !('isFixed' in policies[resource])) query = query.forUpdate(table)
      const row = (await query.executeTakeFirst()) as
        | (Row<typeof resource> & { is_permitted: boolean; version?: number })
        | undefined
      if (!row) throw problem('not-found')
      if (!row.is_permitted) throw problem('forbidden')
      checkVersion(row.version, ifMatch)
      return row
    },
    async requireAll(resource, ids, pointer) {
      if (ids.length === 0) return
      const wanted = [...new Set(ids)]
      const found = await (rows(resource) as SelectQueryBuilder<WorkspaceTables, 'task', object>)
        .where(sql.ref(`${policies[resource].table}.id`), '=', sql`any(${wanted}::uuid[])`)
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirst()
      if (found?.count !== wanted.length) throw fieldProblem(pointer, `There is no such ${resource}.`, 'not-found')
    },
    async requirePlaces(resource, parentIds) {
      await requirePlaces(database, access, resource, parentIds, confirm)
    },
  }
}

/** The places that a transaction has required already, of each resource. */
type Places = Map<ResourceName, Set<string>>

function isRequired(places: Places, resource: ResourceName, parentIds: readonly string[]): boolean {
  const known = places.get(resource)
  return known !== undefined && parentIds.every(id => known.has(id))
}

async function requireNewPlaces(
  database: Database,
  access: Access,
  places: Places,
  resource: ResourceName,
  parentIds: readonly string[],
): Promise<void> {
  if (isRequired(places, resource, parentIds)) return
  keepPlaces(places, resource, await requirePlaces(database, access, resource, parentIds))
}

function keepPlaces(places: Places, resource: ResourceName, parentIds: readonly string[]): void {
  places.set(resource, (places.get(resource) ?? new Set<string>()).union(new Set(parentIds)))
}

async function insert(
  database: Database,
  access: Access,
  places: Places,
  resource: ResourceName,
  values: readonly Record<string, unknown>[],
  unlessTaken = false,
): Promise<number> {
  if (values.length === 0) return 0
  const column = placeFor(access, resource)?.column
  const parentIds = column ? values.map(value => String(value[column])) : []
  if (!isRequired(places, resource, parentIds)) await requireNewPlaces(database, access, places, resource, parentIds)
  const insertion = database
    .insertInto(policies[resource].table)
    .values(values as unknown as InsertObject<WorkspaceTables, 'task'>)
  const made = unlessTaken ? insertion.onConflict(conflict => conflict.doNothing()) : insertion
  return Number((await made.executeTakeFirst()).numInsertedOrUpdatedRows)
}

async function requirePlaces(
  database: Database,
  access: Access,
  resource: ResourceName,
  parentIds: readonly string[] | RawBuilder<string>,
  confirm = false,
): Promise<readonly string[]> {
  const place = placeFor(access, resource)
  if (!place) {
    if (!mayInsert(access, resource)) throw problem('forbidden')
    return []
  }
  const { table } = policies[place.resource]
  const readable = conditionFor(access, place.resource, 'read' as never)
  const id = sql.ref<string>(`${table}.id`)
  const wanted = Array.isArray(parentIds) ? [...new Set<string>(parentIds)] : [parentIds as RawBuilder<string>]
  const found = await database
    .selectFrom(table)
    .select([id.as('id'), place.condition.as('is_permitted')])
    // For an array of any length, PostgreSQL plans anew each time, which takes longer than looking up the one.
    .where(id, '=', wanted.length === 1 ? wanted[0]! : sql<string>`any(${wanted}::uuid[])`)
    .where(confirm ? confirming(access, readable) : readable)
    .execute()
  if (found.length !== wanted.length)
    throw fieldProblem(`/${place.resource}Id`, `There is no such ${place.resource}.`, 'not-found')
  if (found.some(row => !row.is_permitted)) throw problem('forbidden')
  return found.map(row => row.id)
}

// With "never" the planner asks nothing at all, and whoever may by now would go on being told that there is nothing.
function confirming(access: Access, condition: Condition): Condition {
  return condition === never ? sql`not ${confirmed(access)}` : sql`(${condition} and ${confirmed(access)})`
}

// Evaluated once, before the rows: raises KT401 when the role, the member or the token is not as it was.
function confirmed({ memberId, roleId, roleVersion, tokenId }: Access) {
  return sql<boolean>`(select confirm_access_:schema(${memberId}, ${roleId}, ${roleVersion}, ${tokenId}))`
}

/** `If-Match` names the version that the caller has read; `*` matches any. */
export function checkVersion(version: number | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*' || version === undefined) return
  const tags = ifMatch.split(',').map(tag => tag.trim())
  if (!tags.includes(`"${version}"`))
    throw problem('stale', 'It has changed since you read it: read it again, then decide.')
}
