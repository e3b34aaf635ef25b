import { leafOf, type Salts, saltsFrom, saltsOf } from '#server/audit-log/leaf.ts'
import { type AuditEvent, auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'

/** All of an event's row that its leaf is made of. */
export const leafColumns = [...auditColumns, 'audit_event.salt', 'audit_event.salts'] as const

export type LeafRow = Parameters<typeof toAuditEvent>[0] & { salt: string | null; salts: unknown }
export type LeafParts = { event: AuditEvent; salts: Salts; erased: Record<string, string> }

export function leafParts({ salt, salts, ...stored }: LeafRow): LeafParts {
  const erased = (stored.erased ?? {}) as Record<string, string>
  const left = (salts ?? {}) as Record<string, string>
  return { event: toAuditEvent(stored), salts: salt === null ? saltsOf(left) : saltsFrom(uuidBytes(salt)), erased }
}

/** The leaf that a row makes. Throws `LeafError` where a salt is missing that only tampering can have taken away. */
export function leafOfRow(row: LeafRow): Buffer {
  const { event, salts, erased } = leafParts(row)
  return leafOf(event, salts, erased)
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
