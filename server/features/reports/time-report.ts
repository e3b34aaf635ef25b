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

// The zone is part of the expression: what the session or the machine is set to does not matter.
const local = sql`(time_entry.started_at at time zone ${sql.lit(timeZone)})`

/** The key that a row of the report has for each way of grouping, in SQL. */
export const groupKeys: Record<Exclude<Grouping, 'tag'>, { as: string; key: RawBuilder<string | null> }> = {
  project: { as: 'projectId', key: sql`time_entry.project_id` },
  task: { as: 'taskId', key: sql`time_entry.task_id` },
  member: { as: 'memberId', key: sql`time_entry.member_id` },
  day: { as: 'day', key: sql`to_char(${local}, 'YYYY-MM-DD')` },
  week: { as: 'week', key: sql`to_char(${local}, 'IYYY-"W"IW')` },
  month: { as: 'month', key: sql`to_char(${local}, 'YYYY-MM')` },
}
