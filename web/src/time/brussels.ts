/** The zone of every day in Kontor, wherever the browser is. Days are `YYYY-MM-DD`, clocks `HH:MM`, instants RFC 3339. */
export const zone = 'Europe/Brussels'

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

export function dayOf(instant: string | number | Date): string {
  const { year, month, day } = partsOf(instant)
  return `${year}-${month}-${day}`
}

export function clockOf(instant: string | number | Date): string {
  const { hour, minute } = partsOf(instant)
  return `${hour}:${minute}`
}

/** The instant at which a local clock shows this. In the hour that spring skips, the clock that comes after it. */
export function instantOf(day: string, clock: string): string {
  const wanted = Date.parse(`${day}T${clock}:00Z`)
  const candidates = [wanted - offsetAt(wanted - 7_200_000), wanted - offsetAt(wanted)]
  const fits = candidates.find(at => dayOf(at) === day && clockOf(at) === clock)
  return new Date(fits ?? Math.max(...candidates)).toISOString()
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(day, -weekday)
}

export function weekFrom(monday: string): string[] {
  return [0, 1, 2, 3, 4, 5, 6].map(days => addDays(monday, days))
}

function offsetAt(at: number): number {
  const { year, month, day, hour, minute, second } = partsOf(at)
  const shown = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return shown - Math.floor(at / 1000) * 1000
}

function partsOf(instant: string | number | Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
}
