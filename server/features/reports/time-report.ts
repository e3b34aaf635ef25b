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

export type GroupKey = { as: string; by: RawBuilder<unknown>; shown: RawBuilder<string | null> }

/** What each way of grouping groups by, and how a row shows it: periods are written out once a group, not once an entry. */
export const groupKeys: Record<Exclude<Grouping, 'tag'>, GroupKey> = {
  project: column('projectId', sql`time_entry.project_id`),
  task: column('taskId', sql`time_entry.task_id`),
  member: column('memberId', sql`time_entry.member_id`),
  day: period('day', 'YYYY-MM-DD'),
  week: period('week', 'IYYY-"W"IW'),
  month: period('month', 'YYYY-MM'),
}

function column(as: string, key: RawBuilder<string | null>): GroupKey {
  return { as, by: key, shown: key }
}

function period(name: 'day' | 'week' | 'month', format: string): GroupKey {
  const by = sql`date_trunc(${sql.lit(name)}, ${local})`
  return { as: name, by, shown: sql`to_char(${by}, ${sql.lit(format)})` }
}
