import type { Names } from '#web/audit/use-names.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'

/** The value of a field as a person reads it: names for ids, words for statuses, local times. */
export function useValueText(names: Names): (field: string, value: unknown) => string {
  const messages = useMessages()
  const formats = useFormats()
  const words: Record<string, Record<string, string>> = {
    status: messages.statuses,
    priority: messages.priorities,
    builtin: messages.roleNames,
    method: messages.audit.accountWords,
    by: messages.audit.accountWords,
    digest: messages.notices.digests,
  }
  return (field, value) => {
    if (value === null || value === undefined || value === '') return messages.audit.empty
    if (typeof value === 'boolean') return value ? messages.audit.yes : messages.audit.no
    if (typeof value === 'number') return numberText(field, value, formats)
    if (field === 'ranges' && Array.isArray(value)) return value.map(range => [range].flat().join('–')).join(', ')
    if (isListOfTexts(value)) return value.length > 0 ? value.join(', ') : messages.audit.empty
    if (typeof value !== 'string') return JSON.stringify(value)
    if (value === '(secret)') return messages.audit.secret
    if (field.endsWith('Id') || field === 'madeWith') return names.byId(value) ?? value
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return formats.day(value)
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return formats.dateTime(value)
    return words[field]?.[value] ?? value
  }
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

function numberText(field: string, value: number, formats: ReturnType<typeof useFormats>): string {
  if (field.endsWith('Seconds')) return formats.duration(value)
  if (field.endsWith('Cents')) return formats.money(value)
  return formats.number(value)
}
