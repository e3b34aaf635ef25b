export type DurationUnit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days'

/** Whole seconds from `1d 2h 30m`, `1:30`, `1:30:00`, `2,5 h` or a bare number in `unit`; undefined where it is none.
 * A day of work is 8 hours and a week 5 days, as in Jira. */
export function readDuration(text: string, unit: DurationUnit | undefined): number | undefined {
  if (text.length > 100) return undefined
  const trimmed = text.trim().toLowerCase()
  const clock = /^(\d{1,5}):(\d{2})(?::(\d{2}))?$/.exec(trimmed)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)
  if (/^\d+([.,]\d+)?$/.test(trimmed)) {
    return unit && Math.round(Number(trimmed.replace(',', '.')) * secondsIn[unit])
  }
  const parts = [...trimmed.matchAll(/(\d+(?:[.,]\d+)?)\s*(\p{L}+)\.?\s*,?\s*/gu)]
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== trimmed) return undefined
  const seconds = parts.map(
    ([, amount = '', name = '']) => Number(amount.replace(',', '.')) * (readUnit(name) ?? Number.NaN),
  )
  const total = Math.round(seconds.reduce((sum, part) => sum + part, 0))
  return Number.isFinite(total) ? total : undefined
}

/** The unit that a header names, as in "Estimate (hours)". */
export function unitOfHeader(header: string): DurationUnit | undefined {
  if (/\b(hours?|hrs?|h|uren|uur|heures?|stunden|std)\b/i.test(header)) return 'hours'
  if (/\b(minutes?|mins?|minuten)\b/i.test(header)) return 'minutes'
  if (/\b(seconds?|secs?|seconden|secondes?|sekunden)\b/i.test(header)) return 'seconds'
  return /\b(days?|dagen|jours?|tage)\b/i.test(header) ? 'days' : undefined
}

export function writeDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.round((seconds % 3600) / 60)
  return [hours > 0 ? `${hours} h` : '', minutes > 0 || hours === 0 ? `${minutes} min` : ''].filter(Boolean).join(' ')
}

const secondsIn: Record<DurationUnit, number> = {
  milliseconds: 0.001,
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 8 * 3600,
}

function readUnit(name: string): number | undefined {
  if (/^(s|secs?|seconds?|seconden|secondes?|sekunden?)$/.test(name)) return 1
  if (/^(m|mins?|minutes?|minuut|minuten?)$/.test(name)) return 60
  if (/^(h|hrs?|hours?|u|uur|uren|heures?|stunden?|std)$/.test(name)) return 3600
  if (/^(d|days?|dag|dagen|j|jours?|tage?)$/.test(name)) return 8 * 3600
  return /^(w|weeks?|week|weken|semaines?|wochen?)$/.test(name) ? 40 * 3600 : undefined
}
