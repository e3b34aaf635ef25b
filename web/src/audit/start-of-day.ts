/** The instant at which a day begins in Europe/Brussels, in the weeks of the clock change too. */
export function startOfDay(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const candidates = [2, 1].map(hours => new Date(midnight - hours * 3_600_000))
  return (
    candidates.find(instant => brussels.format(instant).startsWith(`${day} 00:00`)) ?? candidates[1]!
  ).toISOString()
}

const brussels = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Brussels',
})
