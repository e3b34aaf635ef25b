/** An instant as a field of date and time shows it, on the clock of Brussels: `2026-05-03T10:12`. */
export function toLocalTime(instant: string): string {
  return brussels.format(new Date(instant)).replace(' ', 'T')
}

/**
 * The last instant of a minute on the clock of Brussels, so that what the history tells of 10:12 has happened by 10:12.
 * Where the clock is put back the later of two such minutes; where it is put forward, an hour that is none is the next.
 */
export function endOfMinute(local: string): string | undefined {
  const asIfUtc = Date.parse(`${local}:59.999Z`)
  if (Number.isNaN(asIfUtc)) return undefined
  const candidates = [1, 2].map(hours => new Date(asIfUtc - hours * 3_600_000).toISOString())
  return candidates.find(instant => toLocalTime(instant) === local) ?? candidates[0]
}

const brussels = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Brussels',
})
