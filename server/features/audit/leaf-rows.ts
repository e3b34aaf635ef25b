import { leafOf, type Salts, saltsFrom, saltsOf } from '#server/audit-log/leaf.ts'
import { type AuditEvent, auditColumns, toAuditEvent } from '#server/features/audit/audit-event.ts'

/** All of an event's row that its leaf is made of. */
export const leafColumns = [...auditColumns, 'audit_event.salt', 'audit_event.salts'] as const

export type LeafRow = Parameters<typeof toAuditEvent>[0] & { salt: string | null; salts: unknown }
export type LeafParts = { event: AuditEvent; salts: Salts; erased: Record<string, string> }

export function leafParts(row: LeafRow): LeafParts {
  const { salt: _salt, salts: _salts, ...stored } = row
  return { event: toAuditEvent(stored), salts: saltsOfRow(row), erased: erasedOf(row) }
}

/**
 * The leaf that a row makes; what else the row has is in none. Throws `LeafError` where a salt is missing that only
 * tampering can have taken away.
 */
export function leafOfRow(row: LeafRow): Buffer {
  return leafOf(toAuditEvent(row), saltsOfRow(row), erasedOf(row))
}

function saltsOfRow({ salt, salts }: LeafRow): Salts {
  return salt === null ? saltsOf((salts ?? {}) as Record<string, string>) : saltsFrom(uuidBytes(salt))
}

function erasedOf({ erased }: LeafRow): Record<string, string> {
  return (erased ?? {}) as Record<string, string>
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
