import { currentLanguage, type Language, useLanguage } from '#web/messages/language.ts'

const locales: Record<Language, string> = { en: 'en-GB', nl: 'nl-BE', fr: 'fr-BE', de: 'de-DE' }
const timeZone = 'Europe/Brussels'

/** Dates, numbers and money as the spoken language writes them. Days and times are those of Europe/Brussels. */
export function useFormats(): Formats {
  return formatsOf(useLanguage())
}

/** The same, for code outside components. */
export const currentFormats = (): Formats => formatsOf(currentLanguage())

export type Formats = ReturnType<typeof makeFormats>
const made = new Map<Language, Formats>()

function formatsOf(language: Language): Formats {
  const known = made.get(language) ?? makeFormats(locales[language])
  made.set(language, known)
  return known
}

function makeFormats(locale: string) {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone })
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const number = new Intl.NumberFormat(locale)
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return {
    /** A day, `YYYY-MM-DD`. */
    day: (value: string) => day.format(new Date(`${value}T00:00:00Z`)),
    /** A day of about now, without its year. */
    shortDay: (value: string) => shortDay.format(new Date(`${value}T00:00:00Z`)),
    /** The day of an instant. */
    date: (instant: string) => date.format(new Date(instant)),
    time: (instant: string) => time.format(new Date(instant)),
    dateTime: (instant: string) => dateTime.format(new Date(instant)),
    number: (value: number) => number.format(value),
    /** Integer euro cents. */
    money: (cents: number) => money.format(cents / 100),
    duration: formatDuration,
    /** How long ago, or how soon: "5 min. ago". */
    relative: (instant: string, now = Date.now()) => {
      const seconds = (new Date(instant).getTime() - now) / 1000
      const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const)
      return relative.format(Math.round(seconds / length), unit)
    },
  }
}

const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Seconds as hours and minutes, `3:05`. */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  return `${seconds < 0 ? '−' : ''}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** Today in Europe/Brussels, `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now)
}
