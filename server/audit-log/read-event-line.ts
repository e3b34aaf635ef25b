import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { leafOf, saltsOf } from './leaf.ts'
import { type ExportedEvent, eventLine } from './write-export.ts'

/** What a person recognises an event by. */
export type NamedEvent = { index?: number; id?: string; action?: string; at?: string }

/**
 * An exported event and its leaf, or undefined where the line is not exactly what an export would say of it: with other
 * members, in another order, with a salt too many.
 */
export function readEventLine(line: Uint8Array): { exported: ExportedEvent; leaf: string } | undefined {
  try {
    const text = utf8.decode(line)
    const exported: ExportedEvent = JSON.parse(text)
    const { index, event, salts, erased } = exported
    if (!Number.isSafeInteger(index) || index < 0 || eventLine(exported) !== text) return undefined
    const fields = Object.keys(event.changes).filter(name => event.changes[name]?.erased === undefined)
    const others = otherFields.filter(name => event[name] !== null)
    if (Object.keys(salts).length !== fields.length + others.length) return undefined
    if (Object.keys(erased ?? {}).some(name => !isOtherField(name) || event[name] !== null)) return undefined
    if (Object.values(event.changes).some(change => change.erased !== undefined && hasValue(change))) return undefined
    return { exported, leaf: leafOf(event, saltsOf(salts), erased).toString('latin1') }
  } catch {
    // Not UTF-8, not JSON, a member of another type, no salt: whichever it is, no export says so of an event.
    return undefined
  }
}

/** What can still be made out of a line that is damaged. */
export function nameEventOf(line: Uint8Array): NamedEvent {
  const text = Buffer.from(line.subarray(0, 65_536)).toString()
  const digits = /^\{"index":(\d{1,15}),/.exec(text)?.[1]
  const named: NamedEvent = {
    id: /,"id":"([0-9a-f-]{36})"/.exec(text)?.[1],
    action: /^\{"index":\d+,"event":\{"action":"([a-z_.]+)"/.exec(text)?.[1],
    at: /,"at":"([0-9T:.Z-]{20,30})"/.exec(text)?.[1],
  }
  return digits === undefined ? named : { index: Number(digits), ...named }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const otherFields = ['address', 'memberName', 'reason', 'tokenName'] as const

function isOtherField(name: string): name is (typeof otherFields)[number] {
  return otherFields.some(field => field === name)
}

function hasValue(change: AuditEvent['changes'][string]): boolean {
  return change.from !== null || change.to !== null || Object.keys(change).length !== 3
}
