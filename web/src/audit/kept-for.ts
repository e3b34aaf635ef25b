import type { Messages } from '#web/messages/en.ts'

/** For how long changes are kept, as a sentence: in years where the days are whole ones. */
export function keptFor({ standing }: Messages['audit'], days: number): string {
  return days % 365 === 0 ? standing.keptYears(days / 365) : standing.keptDays(days)
}
