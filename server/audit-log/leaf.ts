import { hash } from 'node:crypto'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { decodeBase64 } from './base64.ts'
import { canonicalJson, canonicalString } from './canonical-json.ts'

/** The salt (16 bytes) of a field, or undefined where there is none. */
export type Salts = (field: string) => Uint8Array | undefined
/** Commitments (base64) to those of `memberName`, `tokenName`, `address` and `reason` that were erased. */
export type Erased = Readonly<Record<string, string>>

export class LeafError extends Error {}

/**
 * An event's leaf, 32 bytes (docs/audit-format.md). `event` is as the API shows it: erased changes hold their commitments,
 * the other erased fields are null and have theirs in `erased`. Throws `LeafError` where a salt is missing.
 */
export function leafOf(event: AuditEvent, salts: Salts, erased: Erased = {}): Buffer {
  // A digest comes as text in a quarter of the time that it takes in a buffer of its own.
  return Buffer.from(hash('sha256', `\0${leafData(event, salts, erased)}`, 'latin1'), 'latin1')
}

/** The salt of a field of an event whose own salt is `s` (16 bytes). */
export function fieldSalt(s: Uint8Array, field: string): Buffer {
  return Buffer.from(hash('sha256', salted(s, field), 'latin1').slice(0, 16), 'latin1')
}

/** The salts of an event whose own salt is `s`: nothing of it is erased yet. */
export function saltsFrom(s: Uint8Array): Salts {
  return field => fieldSalt(s, field)
}

/** The salts that are left of an event of which something was erased, or that an export shows: base64 by field. */
export function saltsOf(salts: Readonly<Record<string, string>>): Salts {
  return field => (Object.hasOwn(salts, field) ? decodeBase64(salts[field], 16) : undefined)
}

/** The salts of all fields that are not erased, base64 by field: what an export shows, and what erasing leaves. */
export function saltsByField(event: AuditEvent, salts: Salts): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(event).map(([field]) => [field, Buffer.from(requireSalt(salts, field)).toString('base64')]),
  )
}

/** What stays of a field after its value and salt are gone, base64. */
export function commitment(salt: Uint8Array, value: unknown): string {
  return hash('sha256', salted(salt, canonicalJson(value)), 'base64')
}

const room = Buffer.alloc(4096)

/** The bytes of both, to be hashed at once: what is short is written into the same place again and again. */
function salted(salt: Uint8Array, text: string): Buffer {
  // No character takes more than three bytes for each of its code units.
  const most = salt.length + text.length * 3
  const data = most <= room.length ? room : Buffer.allocUnsafe(most)
  data.set(salt)
  return data.subarray(0, salt.length + data.write(text, salt.length))
}

/** The fields that have a value, by the names that their salts go by. */
export function fieldsOf(event: AuditEvent): [field: string, value: unknown][] {
  const changes = Object.entries(event.changes).filter(([, change]) => change.erased === undefined)
  const others = ['memberName', 'tokenName', 'address', 'reason'] as const
  return [
    ...changes.map(([name, change]): [string, unknown] => [`changes.${name}`, change]),
    ...others.filter(name => event[name] !== null).map((name): [string, unknown] => [name, event[name]]),
  ]
}

/** The canonical bytes as text: the members stand in the order of their names, so that none needs sorting but fields. */
function leafData(event: AuditEvent, salts: Salts, erased: Erased): string {
  const commitments = fieldsOf(event).map(([field, value]) => [field, commitment(requireSalt(salts, field), value)])
  for (const [name, { erased }] of Object.entries(event.changes)) {
    if (erased !== undefined) commitments.push([`changes.${name}`, requireCommitment(erased)])
  }
  for (const [field, left] of Object.entries(erased)) commitments.push([field, requireCommitment(left)])
  return (
    `{"action":${text(event.action)},"at":${text(event.at)},"entity":${text(event.entity)},` +
    `"entityId":${text(event.entityId)},"fields":${canonicalJson(Object.fromEntries(commitments))},` +
    `"id":${text(event.id)},"job":${text(event.job)},"memberId":${text(event.memberId)},` +
    `"projectId":${text(event.projectId)},"requestId":${text(event.requestId)},"taskId":${text(event.taskId)},` +
    `"tokenId":${text(event.tokenId)},"v":1}`
  )
}

function text(fact: string | null): string {
  return fact === null ? 'null' : canonicalString(fact)
}

function requireSalt(salts: Salts, field: string): Uint8Array {
  const salt = salts(field)
  if (salt?.length !== 16) throw new LeafError(`The field ${field} has no salt of 16 bytes.`)
  return salt
}

function requireCommitment(left: string): string {
  if (!decodeBase64(left, 32)) throw new LeafError('What is left of an erased field is no commitment.')
  return left
}
