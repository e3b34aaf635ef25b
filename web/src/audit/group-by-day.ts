import type { AuditEvent } from '#client'
import { today } from '#web/messages/formats.ts'

/** Events of a page under their days in Europe/Brussels, in the order that they have. */
export function groupByDay(events: readonly AuditEvent[]): [string, AuditEvent[]][] {
  const days = new Map<string, AuditEvent[]>()
  for (const event of events) {
    const day = today(new Date(event.at))
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return [...days]
}
