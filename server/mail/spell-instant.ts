import { timeZone } from '#server/clock.ts'
import type { Language } from '#server/mail/language.ts'

/** When something happened, as people of that language write it, and whose time it is: "Friday 3 July 2026 at 14:05". */
export function spellInstant(instant: string, language: Language): string {
  return `${formats[language].format(Date.parse(instant))} ${zones[language]}`
}

const options = { dateStyle: 'full', timeStyle: 'short', timeZone } as const
const formats = {
  en: new Intl.DateTimeFormat('en-GB', options),
  nl: new Intl.DateTimeFormat('nl-BE', options),
  fr: new Intl.DateTimeFormat('fr-BE', options),
  de: new Intl.DateTimeFormat('de-DE', options),
} satisfies Record<Language, Intl.DateTimeFormat>

const zones = {
  en: '(Brussels time)',
  nl: '(tijd in Brussel)',
  fr: '(heure de Bruxelles)',
  de: '(Brüsseler Zeit)',
} satisfies Record<Language, string>
