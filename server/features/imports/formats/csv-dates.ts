import type { Field } from './compose-description.ts'
import type { Cell, RowCells } from './csv-cells.ts'
import type { RowContext } from './csv-draft.ts'
import type { CsvTarget } from './csv-targets.ts'
import { homeZone, type ReadDate, readDate, readDateRange } from './dates.ts'

export type RowDates = { startOn?: string; dueOn?: string; createdAt?: string; closedAt?: string; fields: Field[] }

/** The dates of a row. A cell that is no date is a problem of that row. */
export function readRowDates(cells: RowCells, context: RowContext): RowDates {
  const { build, mapping, tool } = context
  const zone = knownZone(cells.first('timezone')) ?? context.zone
  const fields: Field[] = []
  const fail = ({ header, text }: Cell) => {
    // Todoist writes "every Friday" and "tomorrow": words that no day follows from.
    if (tool.tool === 'todoist') fields.push({ name: header, value: text })
    else
      build.problem({
        row: cells.row,
        column: header,
        message: `"${text.slice(0, 60)}" is no date that Kontor can read.`,
      })
  }
  const read = (target: CsvTarget): ReadDate | undefined => {
    const [cell] = cells.of(target)
    if (!cell) return undefined
    const date = readDate(cell.text, { order: mapping.dateOrder, zone: /\(utc\)/i.test(cell.header) ? 'UTC' : zone })
    if (!date) fail(cell)
    return date
  }
  const [rangeCell] = cells.of('dateRange')
  const range = rangeCell && readDateRange(rangeCell.text, { order: mapping.dateOrder, zone })
  if (rangeCell && !range) fail(rangeCell)
  const due = read('due')
  const start = read('start')
  if (due && range && due.day !== range.end.day) fields.push({ name: rangeCell.header, value: rangeCell.text })
  for (const date of [due ?? range?.end, start ?? range?.start]) {
    const why = 'Kontor keeps days: the time of day is left out.'
    if (date?.timed) build.converted.add({ what: 'Start and due dates with a time', why, where: `row ${cells.row}` })
  }
  return {
    startOn: (start ?? range?.start)?.day,
    dueOn: (due ?? range?.end)?.day,
    createdAt: instantOf(read('created')),
    closedAt: instantOf(read('closed')),
    fields,
  }
}

/** Of a day without a time: noon here, which is the same day from Asia to America. */
export function instantOf(date: ReadDate | undefined): string | undefined {
  if (!date) return undefined
  if (date.instant) return date.instant
  const noon = Temporal.PlainDate.from(date.day).toZonedDateTime({ timeZone: homeZone, plainTime: '12:00' }).toInstant()
  return noon.toString({ fractionalSecondDigits: 3 })
}

function knownZone(name: string): string | undefined {
  try {
    return name === '' ? undefined : Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch {
    return undefined
  }
}
