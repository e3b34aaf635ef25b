import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Days, periodSql } from '#server/features/reports/periods.ts'
import { groupKeys } from '#server/features/reports/time-report.ts'
import { durationSql } from '#server/features/time-entries/time-entry-queries.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A hair before, at and after each midnight and each change of the clock of some years. */
function delicateInstants(first: number, last: number): string[] {
  const instants: Temporal.Instant[] = []
  const end = Temporal.ZonedDateTime.from({ year: last + 1, month: 1, day: 1, timeZone: 'Europe/Brussels' })
  let at: Temporal.ZonedDateTime | null = end.with({ year: first })
  for (let day = at; Temporal.ZonedDateTime.compare(day, end) <= 0; day = day.add({ days: 1 }))
    instants.push(day.toInstant())
  while (at && Temporal.ZonedDateTime.compare(at, end) < 0) {
    for (const hours of [-1, 0, 1]) instants.push(at.toInstant().add({ hours }))
    at = at.getTimeZoneTransition('next')
  }
  return instants.flatMap(each => [-1, 0, 1].map(milliseconds => each.add({ milliseconds }).toString()))
}

/** How many rows there are, and those of which two expressions say different things. */
async function compared(from: string, ours: RawBuilder<unknown>, theirs: string) {
  const { sql: text, parameters } = ours.compile(compiler)
  const rows = `(select *, ${text} as ours, ${theirs} as theirs from ${from} offset 0) as r`
  const [found] = await world.superuser<{ count: number; different: unknown[] | null }>(
    `select count(*)::int, (array_agg(to_json(r)) filter (where ours is distinct from theirs))[1:3] as different from ${rows}`,
    [...parameters],
  )
  return found!
}

const startedAt = (instants: readonly string[]) =>
  `unnest('{${instants.join()}}'::timestamptz[]) as time_entry(started_at)`
const local = `(time_entry.started_at at time zone 'Europe/Brussels')`

test.each<[string, Days, [number, number]]>([
  ['few changes of the clock', { from: '2024-12-01', to: '2025-07-31' }, [2025, 2025]],
  ['many changes of the clock', { from: '2012-03-01', to: '2026-01-01' }, [2012, 2025]],
  ['no bounds', {}, [2008, 2012]],
  ['no end', { from: '2036-05-01' }, [2037, 2042]],
  ['no beginning', { to: '2013-05-01' }, [2008, 2012]],
  ['a year before zones had names', { from: '1880-01-01', to: '1900-01-01' }, [1891, 1893]],
  ['the first years', { from: '0001-01-01', to: '9999-12-31' }, [1, 2]],
  ['the last years', {}, [9997, 9998]],
])('with %s an entry lies in the local day, week and month that PostgreSQL converts it to', async (_, days, years) => {
  const instants = delicateInstants(...years).filter(
    at => (!days.from || at >= days.from) && (!days.to || at < days.to) && at.length <= 24,
  )
  expect(instants.length).toBeGreaterThan(300)
  const same = { count: instants.length, different: null }
  const from = startedAt(instants)
  const day = `(${local}::date - date '1970-01-01')`
  expect(await compared(from, periodSql(86_400, '1970-01-01', days), day)).toEqual(same)
  const weeks = `((date_trunc('week', ${local})::date - date '1969-12-29') / 7)`
  expect(await compared(from, groupKeys.week.by(days), weeks)).toEqual(same)
  const months = `(date_part('year', ${local}) * 12 + date_part('month', ${local}) - 1)::int`
  expect(await compared(from, groupKeys.month.by(days), months)).toEqual(same)
})

test('a duration is rounded down to whole seconds, to the millisecond and in any year', async () => {
  const now = '2026-11-02T08:00:00.500Z'
  const starts = [
    '0001-01-01T00:00:00.001Z',
    '1969-12-31T23:59:59.999Z',
    now,
    '2026-11-02T07:59:59.501Z',
    '9980-06-01Z',
  ]
  const from = `(select s as started_at, s + n * interval '1 ms' as ended_at
    from unnest('{${starts.join()}}'::timestamptz[]) s,
      unnest('{0,1,499,500,501,999,1000,1001,1499,1500,86399999,86400000,315359999999,315360000000,315360000001,400000000000}'::float8[]) n
    union all select s, null from unnest('{${starts.join()}}'::timestamptz[]) s) as time_entry`
  const end = `coalesce(time_entry.ended_at, '${now}'::timestamptz)`
  const seconds = `least(greatest(0, floor(date_part('epoch', ${end} - time_entry.started_at))), 315360000)::int`
  const ours = durationSql(Temporal.Instant.from(now).add({ microseconds: 999 }))
  expect(await compared(from, ours, seconds)).toEqual({ count: 5 * 17, different: null })
})
