import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Access } from '#server/permissions/access.ts'
import type { Scope } from '#server/permissions/roles.ts'

/** What a row has to satisfy, in SQL. */
export type Condition = RawBuilder<SqlBool>
/** What the rows of a table have to satisfy for somebody. */
export type Rule = (access: Access) => Condition

export const never = sql<boolean>`false`
export const always = sql<boolean>`true`

/** Every one of them, without those that ask nothing. */
export const all = (...conditions: Condition[]): Condition => {
  const needed = conditions.filter(condition => condition !== always)
  if (needed.includes(never)) return never
  return needed.length === 0 ? always : sql`(${sql.join(needed, sql` and `)})`
}

/** At least one of them, without those that nothing satisfies. */
export const some = (...conditions: Condition[]): Condition => {
  const possible = conditions.filter(condition => condition !== never)
  if (possible.includes(always)) return always
  return possible.length === 0 ? never : sql`(${sql.join(possible, sql` or `)})`
}

/** A scope as a condition: `all` asks nothing, `project` includes `own`. */
export function within(scope: Scope, byProject: () => Condition, own: () => Condition): Condition {
  if (scope === 'all') return always
  if (scope === 'project') return byProject === own ? own() : sql`(${byProject()} or ${own()})`
  return scope === 'own' ? own() : never
}

/** Asks nothing of the row: one may, or may not. */
export const ifAny = (scope: Scope): Condition => (scope === 'none' ? never : always)

/**
 * The project is one's own: it names the member or, except for guests, is not private. With EXISTS, PostgreSQL looks one
 * up or hashes all of them, whichever is cheaper; with IN it hashed them all for a single task, too.
 */
export function inMyProjects(column: RawBuilder<unknown>, { memberId, guest }: Access): Condition {
  const names = (project: RawBuilder<unknown>): Condition => sql`exists (select from project_member
    where project_member.project_id = ${project} and project_member.member_id = ${memberId})`
  if (guest) return names(column)
  return sql`exists (select from project as mine
    where mine.id = ${column} and (not mine.private or ${names(sql`mine.id`)}))`
}

/** The row names the member. */
export const mine =
  (column: string): Rule =>
  a =>
    sql`${sql.ref(column)} = ${a.memberId}`
