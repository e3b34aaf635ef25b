import { type RawBuilder, sql } from 'kysely'
import Type, { type Static } from 'typebox'
import { timeZone } from '#server/clock.ts'
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

// More weeks than there were before 1970.
const weeksBefore = 110_000

// The zone is part of the expression: what the session or the machine is set to does not matter.
const local = sql`(time_entry.started_at at time zone ${sql.lit(timeZone)})`
const day = sql<number>`(${local}::date - date '1970-01-01')`

/** What entries are grouped by, and how a group shows it: periods are numbers, written out once for all their groups. */
export type GroupKey = { as: string; by: RawBuilder<string | number | null>; write?: (period: number) => string }

export const groupKeys: Record<Exclude<Grouping, 'tag'>, GroupKey> = {
  project: { as: 'projectId', by: sql<string>`time_entry.project_id` },
  task: { as: 'taskId', by: sql<string | null>`time_entry.task_id` },
  member: { as: 'memberId', by: sql<string>`time_entry.member_id` },
  day: { as: 'day', by: day, write: days => dayOf(days).toString() },
  // The first day of 1970 was a Thursday. Integer division rounds towards zero, so weeks count from long before.
  week: { as: 'week', by: sql<number>`((${day} + ${sql.lit(weeksBefore * 7 + 3)}) / 7)`, write: writeWeek },
  month: {
    as: 'month',
    by: sql<number>`(date_part('year', ${local}) * 12 + date_part('month', ${local}) - 1)::int`,
    write: months =>
      `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`,
  },
}

function dayOf(days: number): Temporal.PlainDate {
  return new Temporal.PlainDate(1970, 1, 1).add({ days })
}

function writeWeek(weeks: number): string {
  const { yearOfWeek, weekOfYear } = dayOf((weeks - weeksBefore) * 7 - 3)
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}`
}
