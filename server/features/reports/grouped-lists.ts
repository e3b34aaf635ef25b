import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { GroupKey, TimeReport } from '#server/features/reports/time-report.ts'

type Lists = Record<string, unknown>
type Groups = SelectQueryBuilder<{ found: object }, 'found', object>

/**
 * A line for each value of the first column, in order, with lists of what the others have under it, in their order. Of
 * a thousand groups PostgreSQL so writes, and pg reads, fifty lines: a fifth of the work of a line for each.
 */
export function inLists(db: Reader, groups: Groups, columns: readonly string[]) {
  const [first, ...others] = columns.map(as => ({ as, column: sql.ref(`found.${as}`) }))
  // No id and no number is written as nothing, and none has a comma.
  const list = (column: RawBuilder<unknown>) => sql`string_agg(coalesce(${column}::text, ''), ',')`
  return db
    .from(groups)
    .select([first!.column.as(first!.as), ...others.map(({ as, column }) => list(column).as(as))])
    .groupBy(first!.column)
    .orderBy(first!.column)
}

type Row = TimeReport['rows'][number] & Record<string, unknown>

/** The rows that such lines stand for. What a number is shown as is made once: the same few come back in every line. */
export function rowsOf(lines: readonly Lists[], keys: readonly Pick<GroupKey, 'as' | 'show'>[]): Row[] {
  const [first, ...others] = keys.map(({ as, show }) => ({ as, read: show ? once(show) : undefined }))
  return lines.flatMap(line => {
    const value = line[first!.as]
    const shown = first!.read ? first!.read(value as number) : value
    const [durations, billables, amounts] = [line.durationSeconds, line.billableSeconds, line.amountCents].map(
      numbersIn,
    )
    const rows: Row[] = durations!.map((durationSeconds, n) => ({
      ...{ durationSeconds, billableSeconds: billables![n]!, amountCents: amounts![n]! },
      [first!.as]: shown,
    }))
    for (const { as, read } of others) {
      const shown = read ? numbersIn(line[as]).map(read) : (line[as] as string).split(',').map(id => id || null)
      for (const [n, row] of rows.entries()) row[as] = shown[n]
    }
    return rows
  })
}

// The parser of JSON reads numbers in half the time that taking the text apart takes.
function numbersIn(list: unknown): number[] {
  return JSON.parse(`[${list}]`)
}

function once(show: (number: number) => string): (number: number) => string {
  const known = new Map<number, string>()
  return number => {
    const shown = known.get(number) ?? show(number)
    known.set(number, shown)
    return shown
  }
}
