import { type RawBuilder, sql } from 'kysely'
import Type, { type Static } from 'typebox'
import { type Days, periodSql } from '#server/features/reports/periods.ts'
import { Id, nullable } from '#server/http/schemas.ts'

export const groupings = ['project', 'task', 'member', 'tag', 'day', 'week', 'month'] as const
export type Grouping = (typeof groupings)[number]

const sums = {
  durationSeconds: Type.Integer(),
  billableSeconds: Type.Integer(),
  amountCents: Type.Integer({
    description: 'Each entry is rounded to a cent, so that every sum is the sum of what it shows',
  }),
}

export const TimeReport = Type.Object(
  {
    rows: Type.Array(
      Type.Object({
        projectId: Type.Optional(Id),
        taskId: Type.Optional(nullable(Id)),
        memberId: Type.Optional(Id),
        tagId: Type.Optional(nullable(Id)),
        day: Type.Optional(Type.String({ description: '`2026-10-25`, in Europe/Brussels' })),
        week: Type.Optional(Type.String({ description: 'ISO 8601: `2026-W43`' })),
        month: Type.Optional(Type.String({ description: '`2026-10`' })),
        ...sums,
      }),
    ),
    total: Type.Object(sums, {
      description: 'Of the entries, each counted once, also where several tags count it twice',
    }),
  },
  { $id: 'TimeReport' },
)
export type TimeReport = Static<typeof TimeReport>

/**
 * What entries are grouped by, and how a group shows it. PostgreSQL writes ids and numbers of periods; each of these is
 * made into what is shown only once.
 */
export type GroupKey = {
  as: string
  by: (days: Days) => RawBuilder<string | number | null>
  show?: (n: number) => string
}

const day = (days: Days) => periodSql(86_400, '1970-01-01', days)

export const groupKeys: Record<Exclude<Grouping, 'tag'>, GroupKey> = {
  project: { as: 'projectId', by: () => sql<string>`time_entry.project_id` },
  task: { as: 'taskId', by: () => sql<string | null>`time_entry.task_id` },
  member: { as: 'memberId', by: () => sql<string>`time_entry.member_id` },
  day: { as: 'day', by: day, show: number => dayOf(number).toString() },
  week: { as: 'week', by: days => periodSql(604_800, firstMonday, days), show: showWeek },
  month: { as: 'month', by: days => monthSql(sql`(date '1970-01-01' + ${day(days)})`), show: showMonth },
}

function dayOf(number: number): Temporal.PlainDate {
  return new Temporal.PlainDate(1970, 1, 1).add({ days: number })
}

const firstMonday = '1969-12-29'

function showWeek(number: number): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(firstMonday).add({ weeks: number })
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}`
}

function monthSql(date: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(date_part('year', ${date}) * 12 + date_part('month', ${date}) - 1)::int`
}

function showMonth(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`
}
