import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { subkey, wrappingKey } from '#server/crypto/derive.ts'
import { decryptFernet, encryptFernet } from '#server/crypto/fernet.ts'
import { type KeyRing, requireKey } from '#server/crypto/keys.ts'
import { createPrivateFile, isCode, replacePrivateFile, syncFolder } from '#server/crypto/private-file.ts'
import type { Services } from '#server/services.ts'

/**
 * A 32-byte key for one purpose in a workspace, such as its attachments. It stays when keys are rotated, and is gone for
 * good once the workspace is deleted. Throws `MissingWorkspaceKeyError`.
 */
export async function workspaceSubkey(
  { workspaceKeys }: Pick<Services, 'workspaceKeys'>,
  workspaceId: string,
  purpose: string,
): Promise<KeyObject> {
  return subkey(workspaceKeys.get(workspaceId), purpose)
}

/**
 * Each workspace's own key: 32 random bytes in a file of its own outside the database, encrypted under the newest key of
 * the installation. When the file goes, nobody can open what was sealed for that workspace, whatever backup it is in.
 */
export type WorkspaceKeys = {
  /** Throws `MissingWorkspaceKeyError`. May come from memory, for a minute at most. */
  get(workspaceId: string): KeyObject
  /** Makes the key, unless there is one. Only for a workspace that never had a key. */
  make(workspaceId: string): void
  /** The version of the key that it is encrypted under; undefined: the file is missing. */
  versionOf(workspaceId: string): number | undefined
  /** Encrypts it under the newest key. The caller holds the directory's row, so that it is not being destroyed. */
  rewrap(workspaceId: string): void
  /** Removes the key for good. Idempotent. */
  destroy(workspaceId: string): void
  /** The files left of a workspace: 0 once its key is destroyed. */
  count(workspaceId: string): number
}

/** The file of a workspace's key is not there, or does not open: never made anew, for that would hide the loss. */
export class MissingWorkspaceKeyError extends Error {
  override name = 'MissingWorkspaceKeyError'
  constructor(workspaceId: string) {
    super(
      `The key of workspace ${workspaceId} is missing or damaged: put its file in workspace-keys/ back from a backup.`,
    )
  }
}

const rememberMs = 60_000

export function openWorkspaceKeys(folder: string, keys: KeyRing): WorkspaceKeys {
  const known = new Map<string, { key: KeyObject; until: number }>()

  // An id becomes part of a path.
  function pathOf(workspaceId: string): string {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(workspaceId))
      throw new TypeError('not the id of a workspace')
    return join(folder, workspaceId)
  }

  function readWrapped(workspaceId: string): { version: number; token: string } | undefined {
    try {
      const [, version, token] = readFileSync(pathOf(workspaceId), 'utf8').match(/^k([1-9]\d{0,8}):([\w=-]+)\n$/) ?? []
      return version && token ? { version: Number(version), token } : undefined
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined
      throw error
    }
  }

  function unwrap(workspaceId: string): Buffer {
    const wrapped = readWrapped(workspaceId)
    if (!wrapped) throw new MissingWorkspaceKeyError(workspaceId)
    const master = requireKey(keys, wrapped.version)
    try {
      return decryptFernet(wrappingKey(master, workspaceId), wrapped.token)
    } catch {
      throw new MissingWorkspaceKeyError(workspaceId)
    }
  }

  function wrap(workspaceId: string, key: Buffer): string {
    const version = keys.newest
    return `k${version}:${encryptFernet(wrappingKey(requireKey(keys, version), workspaceId), key)}\n`
  }

  return {
    get(workspaceId) {
      const now = performance.now()
      const found = known.get(workspaceId)
      if (found && found.until > now) return found.key
      known.delete(workspaceId)
      const key = createSecretKey(unwrap(workspaceId))
      known.set(workspaceId, { key, until: now + rememberMs })
      return key
    },
    make(workspaceId) {
      const path = pathOf(workspaceId)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      createPrivateFile(path, wrap(workspaceId, randomBytes(32)))
    },
    versionOf: workspaceId => readWrapped(workspaceId)?.version,
    rewrap(workspaceId) {
      if (readWrapped(workspaceId)?.version === keys.newest) return
      replacePrivateFile(pathOf(workspaceId), wrap(workspaceId, unwrap(workspaceId)))
    },
    destroy(workspaceId) {
      known.delete(workspaceId)
      const files = filesOf(folder, workspaceId)
      for (const name of files) rmSync(join(folder, name), { force: true })
      if (files.length > 0) syncFolder(pathOf(workspaceId))
    },
    count: workspaceId => filesOf(folder, workspaceId).length,
  }
}

/** The key's file, and drafts of it that a killed process left behind. */
function filesOf(folder: string, workspaceId: string): string[] {
  try {
    return readdirSync(folder).filter(name => name === workspaceId || name.startsWith(`${workspaceId}.`))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
