import type { KeyObject } from 'node:crypto'
import { signingKey } from '#server/crypto/derive.ts'
import { type KeyRing, requireKey } from '#server/crypto/keys.ts'
import { signValue, verifyValue } from '#server/crypto/sign.ts'
import { fieldProblem } from '#server/http/problems.ts'

type CursorPlace = { workspace: string; list: string }

/**
 * A cursor says after which key a page begins. It is signed for one list of one workspace, sorted one way, so that
 * nothing in it needs to be trusted and none works elsewhere.
 */
export function encodeCursor(keys: KeyRing, { workspace, list }: CursorPlace, after: readonly unknown[]): string {
  return `${keys.newest}.${signValue(cursorKey(requireKey(keys, keys.newest), workspace), list, JSON.stringify(after))}`
}

export function decodeCursor(keys: KeyRing, { workspace, list }: CursorPlace, cursor: string): unknown[] {
  const [, version, signed] = cursor.match(/^([1-9]\d{0,9})\.(.+)$/s) ?? []
  const key = keys.get(Number(version))
  const payload = key && signed ? verifyValue(cursorKey(key, workspace), list, signed) : undefined
  if (payload === undefined) throw fieldProblem('/query/cursor', 'is not a cursor of this list')
  return JSON.parse(payload)
}

const derived = new WeakMap<KeyObject, Map<string, Buffer>>()
const mostDerived = 10_000

// Deriving it takes longer than signing, and every page of a list needs it.
function cursorKey(master: KeyObject, workspace: string): Buffer {
  const known = derived.get(master) ?? new Map<string, Buffer>()
  derived.set(master, known)
  const key = known.get(workspace) ?? signingKey(master, 'cursor', workspace)
  if (known.size >= mostDerived) known.clear()
  known.set(workspace, key)
  return key
}
