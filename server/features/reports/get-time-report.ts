import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import Type from 'typebox'
import { planAnew } from '#server/database/dialect.ts'
import type { Reader } from '#server/database/door.ts'
import { inLists, rowsOf } from '#server/features/reports/grouped-lists.ts'
import { type Grouping, type GroupKey, groupings, groupKeys, TimeReport } from '#server/features/reports/time-report.ts'
import { betweenDays, durationSql } from '#server/features/time-entries/time-entry-queries.ts'
import { operation } from '#server/http/operation.ts'
import { commaList, Day, inWorkspace, object, uuidPattern } from '#server/http/schemas.ts'

const mostRows = 10_000

export const getTimeReport = operation({
  id: 'getTimeReport',
  summary: 'Sum up time',
  description:
    'Of the entries that the caller may read, from and until days included, each on the day of its start in ' +
    'Europe/Brussels. An entry that runs counts up to now. Grouped by tag, an entry counts under each tag of its task; ' +
    `the total counts it once. At most ${mostRows} rows.`,
  route: 'GET /api/workspaces/:workspace/reports/time',
  needs: { resource: 'time_entry', action: 'read' },
  params: inWorkspace(),
  query: object({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    groupBy: Type.Optional(
      commaList(groupings.join('|'), 'Any of project, task, member, tag, day, week and month; default `project`'),
    ),
    project: Type.Optional(commaList(uuidPattern, 'Project ids')),
    member: Type.Optional(commaList(`${uuidPattern}|me`, 'Members: ids or `me`')),
    tag: Type.Optional(commaList(uuidPattern, 'Tag ids')),
    billable: Type.Optional(Type.Boolean()),
  }),
  returns: TimeReport,
  async run({ db, query, services, problem }) {
    const groupBy = [...new Set((query.groupBy ?? 'project').split(','))] as Grouping[]
    const tags = query.tag?.split(',')
    const keys = groupBy.map(by => (by === 'tag' ? tagKey(db, tags) : groupKeys[by]))
    const entries = selected(db, query, tags).select([
      'time_entry.billable',
      'time_entry.rate_cents',
      durationSql(services.clock.now()).as('seconds'),
    ])
    const nth = sql.join(keys.map((_, i) => sql.lit(i + 1)))
    const groups = db
      .from(apart(entries.select(keys.map(({ as, by }) => by(query).as(as)))))
      .select([...keys.map(({ as }) => sql.ref(as).as(as)), ...sumNames.map(name => sums[name].as(name))])
      .groupBy(nth)
      .orderBy(nth)
      .limit(mostRows + 1)
    // Grouped by tag the lines overlap, so the total is counted apart: in the same statement, of the same moment.
    const total = groupBy.includes('tag')
      ? sql<Sums | null>`(${db.from(apart(entries)).select(totalSql.as('total'))})`
      : sql<Sums | null>`null`
    // Of tasks there are many, and of a sole key there are as many values as groups.
    const isSplit = keys.length > 1 && groupBy[0] !== 'task'
    const found = await inLists(db, groups, [...keys.map(({ as }) => as), ...sumNames], isSplit)
      .select(total.as('total'))
      // A day or ten years: what is best for one takes thrice as long for the other.
      .modifyEnd(sql.raw(planAnew))
      .execute()
    const rows = rowsOf(found, keys)
    if (rows.length > mostRows)
      throw problem('rule-broken', `That would be more than ${mostRows} rows: narrow it or group by less.`)
    return { rows, total: found[0]?.total ?? sumOf(rows) }
  },
})

// PostgreSQL works out what is selected once for each row, and not again in each sum over it.
function apart<DB, T extends keyof DB, O>(query: SelectQueryBuilder<DB, T, O>): SelectQueryBuilder<DB, T, O> {
  return query.offset(sql.lit(0))
}

type Sums = TimeReport['total']

// Of whole cents, each entry’s rounded half up: sums agree however they are grouped.
const cents = sql`((found.seconds::bigint * found.rate_cents + 1800) / 3600)::float8`
// Beyond this a number is not exact. Only nonsense comes to ninety trillion euros, and it must not break the report.
const most = sql.lit(Number.MAX_SAFE_INTEGER)
const sums: Record<keyof Sums, RawBuilder<number>> = {
  durationSeconds: sql`coalesce(sum(found.seconds), 0)::bigint`,
  billableSeconds: sql`coalesce(sum(found.seconds) filter (where found.billable), 0)::bigint`,
  // Floating point adds whole numbers exactly up to there, and for less than PostgreSQL’s sum of bigint, a numeric.
  amountCents: sql`least(coalesce(sum(${cents}) filter (where found.billable), 0), ${most}::float8)::bigint`,
}
const sumNames = ['durationSeconds', 'billableSeconds', 'amountCents'] as const
const totalSql = sql<Sums>`json_build_object(${sql.join(sumNames.flatMap(name => [sql.lit(name), sums[name]]))})`

function sumOf(rows: readonly Sums[]): Sums {
  const sum = (key: keyof Sums) => rows.reduce((total, row) => total + row[key], 0)
  return {
    durationSeconds: sum('durationSeconds'),
    billableSeconds: sum('billableSeconds'),
    amountCents: sum('amountCents'),
  }
}

type Filters = { from?: string; to?: string; project?: string; member?: string; billable?: boolean }

function selected(db: Reader, query: Filters, tags: string[] | undefined) {
  let rows = db.rows('time_entry').where(betweenDays(query.from, query.to))
  const members = query.member?.split(',').map(id => (id === 'me' ? db.access.memberId : id))
  if (members) rows = rows.where('time_entry.member_id', 'in', members)
  if (query.project) rows = rows.where('time_entry.project_id', 'in', query.project.split(','))
  if (query.billable !== undefined) rows = rows.where('time_entry.billable', '=', query.billable)
  if (tags) rows = rows.where(sql<boolean>`exists (${tagsOf(db, tags)})`)
  return rows
}

// Which tags a task has is part of the task: of one that the caller may no longer read, nothing is told.
function tagsOf(db: Reader, tags: string[] | undefined) {
  const readable = db.rows('task').where(sql<boolean>`task.id = time_entry.task_id`).select('task.id')
  return sql`select t.tag_id from task_tag t
    where t.task_id in (${readable}) and ${tags ? sql`t.tag_id = any(${tags}::uuid[])` : sql`true`}`
}

// A row for each tag of the entry's task, and one without for an entry without.
function tagKey(db: Reader, tags: string[] | undefined): GroupKey {
  const all = sql`coalesce(nullif(array(${tagsOf(db, tags)}), '{}'::uuid[]), array[null::uuid])`
  return { as: 'tagId', by: () => sql<string | null>`unnest(${all})` }
}
