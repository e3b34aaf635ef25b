import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { SealedField } from './sealed-columns.ts'

/**
 * The 32-byte Fernet key of one field: HKDF-SHA256 (https://www.rfc-editor.org/rfc/rfc5869), info = `kontor/v1/field`,
 * workspace, `table.column`, row. A token copied to another field does not open there. The salt is the workspace's own
 * key where it has one: both are needed then, and who destroys one of them has destroyed the field.
 */
export function fieldKey(
  master: KeyObject,
  { workspace, column, row }: SealedField,
  workspaceKey?: KeyObject | undefined,
): Buffer {
  return derive(master, ['kontor/v1/field', workspace, column, row], workspaceKey?.export())
}

/** The 32-byte Fernet key under which a workspace's own key is kept; info = `kontor/v1/workspace-key`, workspace. */
export function wrappingKey(master: KeyObject, workspace: string): Buffer {
  return derive(master, ['kontor/v1/workspace-key', workspace])
}

/**
 * A 32-byte key for one purpose in a workspace, of its own key alone: it stays when the installation's keys are rotated,
 * and goes with the workspace. Info = `kontor/v1/subkey`, purpose.
 */
export function subkey(workspaceKey: KeyObject, purpose: string): KeyObject {
  return createSecretKey(derive(workspaceKey, ['kontor/v1/subkey', purpose]))
}

/** The password of a PostgreSQL login role, 43 base64url characters; info = `kontor/v1/role-password`, role. */
export function rolePassword(master: KeyObject, role: string): string {
  return derive(master, ['kontor/v1/role-password', role]).toString('base64url')
}

/**
 * A 32-byte key to sign cursors, links and the like; info = `kontor/v1/signing`, workspace, purpose. What one workspace
 * signed is refused in another.
 */
export function signingKey(master: KeyObject, purpose: string, workspace = 'platform'): Buffer {
  return derive(master, ['kontor/v1/signing', workspace, purpose])
}

/** Every part carries its length in bytes, so no two lists of parts give the same info. */
function derive(master: KeyObject, parts: string[], salt: Buffer | '' = ''): Buffer {
  const info = Buffer.concat(parts.flatMap(part => lengthPrefixed(part)))
  return Buffer.from(hkdfSync('sha256', master, salt, info, 32))
}

function lengthPrefixed(part: string): Buffer[] {
  // A lone surrogate would become U+FFFD, and two different parts one.
  if (!part.isWellFormed()) throw new TypeError('A part of a key derivation is not well-formed Unicode.')
  const bytes = Buffer.from(part, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return [length, bytes]
}
