import { foldText } from './clean-text.ts'

export type DateOrder = 'dmy' | 'mdy'
/** A day, and where the text has a time also the instant. `timed` is false for midnight: exports write days that way. */
export type ReadDate = { day: string; instant?: string; timed: boolean }
export type DateReading = { order: DateOrder; zone: string }

export const homeZone = 'Europe/Brussels'

/** Reads the dates that exports hold; undefined where the text is none. A time without a zone is in `zone`. */
export function readDate(text: string, { order, zone }: DateReading): ReadDate | undefined {
  if (text.length > 100) return undefined
  const trimmed = text.replace(/\u202f|\u00a0/g, ' ').trim()
  const epoch = /^(\d{10}|\d{12,13})(?:\.0)?$/.exec(trimmed)?.[1]
  if (epoch) return fromInstant(Number(epoch) * (epoch.length === 10 ? 1000 : 1), zone)
  const parts = readDayParts(trimmed, order)
  if (!parts) return undefined
  try {
    const day = Temporal.PlainDate.from(parts.day, { overflow: 'reject' })
    if (day.year < 1900 || day.year > 2200) return undefined
    const time = readTime(parts.rest)
    if (time === undefined) return undefined
    if (time === 'none') return { day: day.toString(), timed: false }
    const local = day.toPlainDateTime(time.clock)
    const instant = time.offset
      ? Temporal.Instant.from(`${local.toString()}${time.offset}`)
      : local.toZonedDateTime(zone).toInstant()
    return fromInstant(instant.epochMilliseconds, zone)
  } catch {
    return undefined
  }
}

/** `October 8, 2021 → October 29, 2021`, also with an en dash or the words "to" and "bis" between two dates. */
export function readDateRange(text: string, reading: DateReading): { start?: ReadDate; end: ReadDate } | undefined {
  if (text.length > 200) return undefined
  const [first = '', second, ...rest] = text.split(/\s*(?:→|➔|⇒|–|—)\s*|\s+(?:-|to|tot|bis|au)\s+/)
  if (rest.length > 0) return undefined
  const start = readDate(first, reading)
  if (second === undefined) return start && { end: start }
  const end = readDate(second, reading)
  return start && end && { start, end }
}

/** `3/14/2024` proves month first, `14/3/2024` day first; undefined where the text proves neither. */
export function proveDateOrder(text: string): DateOrder | undefined {
  const [, first, second] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b/.exec(text) ?? []
  if (first === undefined || second === undefined) return undefined
  if (Number(first) > 12 && Number(second) <= 12) return 'dmy'
  return Number(second) > 12 && Number(first) <= 12 ? 'mdy' : undefined
}

export function isNumericDate(text: string): boolean {
  return /^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/.test(text)
}

function fromInstant(milliseconds: number, zone: string): ReadDate {
  const at = Temporal.Instant.fromEpochMilliseconds(milliseconds)
  const local = at.toZonedDateTimeISO(zone)
  const midnight = local.toPlainTime().equals('00:00')
  return { day: local.toPlainDate().toString(), instant: at.toString({ fractionalSecondDigits: 3 }), timed: !midnight }
}

type DayParts = { day: { year: number; month: number; day: number }; rest: string }

function readDayParts(text: string, order: DateOrder): DayParts | undefined {
  const weekday = /^(?:\p{L}{2,10}\.?,?\s+)(?=\d|\p{L}{3,10}\.?\s+\d{1,2},?\s+\d{4})/u.exec(text)
  const bare = weekday && readMonth(weekday[0]) === undefined ? text.slice(weekday[0].length) : text
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(.*)$/s.exec(bare)
  if (iso) return parts(iso[1], Number(iso[2]), iso[3], iso[4])
  const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)(.*)$/s.exec(bare)
  if (numeric && order === 'dmy') return parts(numeric[3], Number(numeric[2]), numeric[1], numeric[4])
  if (numeric) return parts(numeric[3], Number(numeric[1]), numeric[2], numeric[4])
  const dayFirst =
    /^(\d{1,2})(?:\.|st|nd|rd|th|er|e)?[\s/-]+(?:de\s+)?(\p{L}{3,10})\.?,?[\s/-]+(\d{4}|\d{2})(?!\d)(.*)$/su.exec(bare)
  if (dayFirst) return parts(dayFirst[3], readMonth(dayFirst[2]), dayFirst[1], dayFirst[4])
  const monthFirst = /^(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)$/su.exec(bare)
  if (monthFirst) return parts(monthFirst[3], readMonth(monthFirst[1]), monthFirst[2], monthFirst[4])
  return undefined
}

function parts(year = '', month: number | undefined, day = '', rest = ''): DayParts | undefined {
  if (month === undefined) return undefined
  const full = year.length === 2 ? 2000 + Number(year) : Number(year)
  return { day: { year: full, month, day: Number(day) }, rest }
}

type Time = { clock: Temporal.PlainTime; offset?: string }

/** The time after a day: `T06:53:43+0000`, ` 3:22 PM`, `, 12:51:40 PM GMT+5:30`, ` 09:00 (CET)`; 'none' where it is empty. */
function readTime(text: string): Time | 'none' | undefined {
  const rest = text.replace(/\([^)]*\)\s*$/, '').trim()
  if (rest === '') return 'none'
  const found =
    /^(?:T|,|at\s|à\s|om\s|um\s)?\s*(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?m?\.?\s*(.*)$/is.exec(
      rest,
    )
  if (!found) return undefined
  const [, hours = '', minutes = '', seconds = '0', fraction = '', half, zone = ''] = found
  const offset = readOffset(zone.replace(/\buhr\b/i, '').trim())
  if (offset === undefined) return undefined
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours)
  const clock = Temporal.PlainTime.from(
    {
      hour,
      minute: Number(minutes),
      second: Number(seconds),
      millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
    },
    { overflow: 'reject' },
  )
  return offset === '' ? { clock } : { clock, offset }
}

function readOffset(text: string): string | undefined {
  if (text === '') return ''
  if (/^(z|utc|gmt)$/i.test(text)) return 'Z'
  const found = /^(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?$/i.exec(text)
  return found ? `${found[1]}${found[2]!.padStart(2, '0')}:${found[3] ?? '00'}` : undefined
}

function readMonth(name = ''): number | undefined {
  const folded = foldText(name)
  const at = months.findIndex(names => names.test(folded))
  return at < 0 ? undefined : at + 1
}

/** English, Dutch, French, German; whole names and what the tools shorten them to. */
const months = [
  /^(jan|januar[iy]?|janv(ier)?|janner)$/,
  /^(feb|februar[iy]?|fevr?|fevrier)$/,
  /^(mar|march|mrt|maart|mars|marz|maerz)$/,
  /^(apr|april|avr|avril)$/,
  /^(may|mei|mai)$/,
  /^(jun|june|juni|juin)$/,
  /^(jul|july|juli|juil|juillet)$/,
  /^(aug|august|augustus|aout)$/,
  /^(sept?|september|septembre)$/,
  /^(oct|october|okt|oktober|octobre)$/,
  /^(nov|november|novembre)$/,
  /^(dec|december|decembre|dez|dezember)$/,
]
