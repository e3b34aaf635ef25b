import { useSyncExternalStore } from 'react'
import { en, type Messages } from '#web/messages/en.ts'

export const languages = { en: 'English', nl: 'Nederlands', fr: 'Français', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const loaders: Record<Language, () => Promise<Messages>> = {
  en: async () => en,
  nl: async () => (await import('#web/messages/nl.ts')).nl,
  fr: async () => (await import('#web/messages/fr.ts')).fr,
  de: async () => (await import('#web/messages/de.ts')).de,
}

type Spoken = { language: Language; messages: Messages }
let spoken: Spoken = { language: 'en', messages: en }
const listeners = new Set<() => void>()
const storageKey = 'kontor.language'

/** Speaks a language from now on, here and at the next visit. */
export async function speak(language: Language): Promise<void> {
  if (spoken.language === language) return
  const messages = await loaders[language]()
  spoken = { language, messages }
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

/** The language of the last visit, else the browser's first that we speak. */
export function preferredLanguage(): Language {
  const wishes = [localStorage.getItem(storageKey), ...navigator.languages.map(wish => wish.slice(0, 2))]
  return wishes.find(isLanguage) ?? 'en'
}

/** The catalogue, for code outside components. */
export const currentMessages = (): Messages => spoken.messages

export const currentLanguage = (): Language => spoken.language

/** The catalogue of the language that is spoken: `useMessages().members.invite`. */
export const useMessages = (): Messages => useSyncExternalStore(subscribe, () => spoken.messages)

export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => spoken.language)

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
