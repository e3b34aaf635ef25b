/** Whole seconds from what people type: `1:30`, `90m`, `1,5h`, `1h 30m`, and a bare number as hours up to 24. */
export function parseDuration(text: string): number | undefined {
  const typed = text.trim().toLowerCase().replace(/,/g, '.')
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(typed)
  if (clock) return positive(Number(clock[1]) * 3600 + Number(clock[2]) * 60)
  if (/^\d+(\.\d+)?$/.test(typed)) return positive(Number(typed) * (Number(typed) <= 24 ? 3600 : 60))
  const words =
    /^(?:(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?|u|uur|uren|heures?|std|stunden?))?\s*(?:(\d+)\s*(?:m|mins?|minutes?|minuten)?)?$/
  const found = words.exec(typed)
  if (found?.[1] === undefined && !/m/.test(typed)) return undefined
  return found ? positive(Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60) : undefined
}

/** `1:30:05`, for a timer that runs. */
export function showRunning(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = String(Math.floor(whole / 60) % 60).padStart(2, '0')
  return `${Math.floor(whole / 3600)}:${minutes}:${String(whole % 60).padStart(2, '0')}`
}

function positive(seconds: number): number | undefined {
  return seconds > 0 ? Math.round(seconds) : undefined
}
