import { decodeBase64 } from './base64.ts'
import type { ExportHead } from './write-export.ts'

/** The lines of an export that are no events. Each is undefined unless it is exactly as an export writes it. */
export type Head = ExportHead & { origin: string; size: number }

export function readHead(line: Uint8Array): Head | undefined {
  const head = readStrictly(line)
  if (head?.kontor !== 'audit-export' || head.version !== 1) return undefined
  const { workspace, origin, exportedAt, filters, size } = head
  const isHead =
    isObject(workspace) &&
    [workspace.id, workspace.slug, workspace.name, origin, exportedAt].every(text => typeof text === 'string') &&
    (filters === null || isObject(filters)) &&
    Number.isSafeInteger(size) &&
    (size as number) >= 0
  return isHead ? (head as unknown as Head) : undefined
}

export function readTileLine(line: Uint8Array): { level: number; n: number; hashes: Buffer } | undefined {
  const [, level, n, encoded] = /^\{"tile":\[([0-7]),(0|[1-9]\d{0,13})\],"hashes":"([^"]+)"\}$/.exec(textOf(line)) ?? []
  const hashes = decodeBase64(encoded)
  return hashes && hashes.length % 32 === 0 ? { level: Number(level), n: Number(n), hashes } : undefined
}

/** The signed note that the tree ends in. */
export function readCheckpointLine(line: Uint8Array): string | undefined {
  const read = readStrictly(line)
  return typeof read?.checkpoint === 'string' && Object.keys(read).length === 1 ? read.checkpoint : undefined
}

export function readTrailer(line: Uint8Array): { sha256: string; note: string } | undefined {
  const { sha256, note, ...others } = readStrictly(line) ?? {}
  const isTrailer = decodeBase64(sha256, 32) && typeof note === 'string' && Object.keys(others).length === 0
  return isTrailer ? { sha256: sha256 as string, note } : undefined
}

/** An object whose one way to be written this is. */
function readStrictly(line: Uint8Array): Record<string, unknown> | undefined {
  try {
    const text = textOf(line)
    const value: unknown = JSON.parse(text)
    return isObject(value) && JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString()
}
