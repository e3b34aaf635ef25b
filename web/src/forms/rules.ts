import { shortestAlone, shortestWithFactor } from '#web/forms/judge-password.ts'
import { currentMessages } from '#web/messages/language.ts'

// What a form can say before it asks the server, in the language that is spoken.

export function filled(value: string): string | null {
  return value.trim() ? null : currentMessages().fields.required
}

export function emailRule(value: string): string | null {
  if (!value.trim()) return currentMessages().fields.required
  return /^\S+@\S+\.\S+$/.test(value.trim()) ? null : currentMessages().fields.invalidEmail
}

export function newPasswordRule(value: string): string | null {
  return isLongEnough(value, shortestAlone) ? null : currentMessages().account.password.tooShort(shortestAlone)
}

/** Of a password that stands beside a second factor, or may. */
export function shortPasswordRule(value: string): string | null {
  return isLongEnough(value, shortestWithFactor)
    ? null
    : currentMessages().account.password.tooShort(shortestWithFactor)
}

function isLongEnough(value: string, shortest: number): boolean {
  return [...value.normalize('NFC')].length >= shortest
}

export function slugRule(value: string): string | null {
  return value === '' || /^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/.test(value)
    ? null
    : currentMessages().account.slugInvalid
}

export function codeRule(value: string): string | null {
  return /^[0-9]{6}$/.test(value.trim()) ? null : currentMessages().account.codeInvalid
}

export function httpsRule(value: string): string | null {
  return /^https:\/\/\S+$/i.test(value.trim()) ? null : currentMessages().settings.urlInvalid
}
