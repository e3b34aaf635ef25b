import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AgeError, type AgeIdentity, encryptAge, readAge } from '#server/crypto/age.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'

/** More bytes than allowed arrived; nothing was kept. */
export class TooLargeError extends Error {
  override name = 'TooLargeError'
}

export type ByteRange = { start: number; end: number }
export type StoredFile = { sizeBytes: number; sha256: string }

type Place = Pick<WorkspaceAddress, 'id' | 'schema'>

/**
 * Files, each under the schema of its workspace and encrypted to a key of its own, which derives from the workspace's.
 * Contents stream; no file is ever in memory as a whole. Sizes and digests are those of the content.
 */
export type Storage = {
  /** Keeps a stream under an id once it has arrived whole and is on disk. */
  keep(workspace: Place, id: string, content: Readable, maxBytes: number): Promise<StoredFile>
  /**
   * The stream fails when there is no such file, or before a byte that is not as it was kept. A file of before they were
   * encrypted is read only when its content has the digest `sha256`.
   */
  read(workspace: Place, id: string, options?: { range?: ByteRange | undefined; sha256?: string }): Readable
  /** Encrypts a file of before they were; does nothing for the others. */
  encrypt(workspace: Place, id: string): Promise<void>
  remove(schema: string, id: string): Promise<void>
  /** The ids of all files of a workspace, also of those that never arrived whole. */
  list(schema: string): AsyncIterable<string>
  /** Removes files whose rows are gone; one that cannot be removed now is swept up later (sweep-files.ts). */
  removeLater(schema: string, ids: readonly string[]): void
  removeAll(schema: string): Promise<void>
  isReady(): Promise<boolean>
}

/** @param identityOf to whom a file is encrypted. */
export function openStorage(root: string, identityOf: (workspaceId: string, fileId: string) => AgeIdentity): Storage {
  // Ids are UUIDs and schemas are `w_…`: checked, because they become part of a path.
  const pathOf = (schema: string, id: string) => {
    if (!/^w_[a-z2-7]{16}$/.test(schema) || !/^[0-9a-f-]{36}$/.test(id))
      throw new TypeError('not the name of a stored file')
    return join(root, schema, id.slice(-2), id)
  }
  return {
    async keep(workspace, id, content, maxBytes) {
      const path = pathOf(workspace.schema, id)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const meter = createMeter(maxBytes)
      await write(`${path}.age`, part =>
        pipeline(content, meter.transform, encryptAge(identityOf(workspace.id, id)), createPart(part)),
      )
      return meter.result()
    },
    read(workspace, id, { range, sha256 } = {}) {
      const path = pathOf(workspace.schema, id)
      return Readable.from(contentOf(path, identityOf(workspace.id, id), { range, sha256 }), { objectMode: false })
    },
    async encrypt(workspace, id) {
      const path = pathOf(workspace.schema, id)
      if (!existsSync(path)) return
      await write(`${path}.age`, part =>
        pipeline(createReadStream(path), encryptAge(identityOf(workspace.id, id)), createPart(part)),
      )
      await rm(path, { force: true })
    },
    async remove(schema, id) {
      const path = pathOf(schema, id)
      await Promise.all(endings.map(ending => rm(path + ending, { force: true })))
    },
    async *list(schema) {
      const folder = dirname(dirname(pathOf(schema, '0'.repeat(36))))
      for (const part of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, part))) yield name.replace(/(\.age)?(\.part)?$/, '')
      }
    },
    removeLater(schema, ids) {
      for (const id of ids)
        for (const ending of endings) rm(pathOf(schema, id) + ending, { force: true }).catch(() => undefined)
    },
    removeAll: schema => rm(dirname(dirname(pathOf(schema, '0'.repeat(36)))), { recursive: true, force: true }),
    async isReady() {
      await mkdir(root, { recursive: true, mode: 0o700 })
      return (await stat(root)).isDirectory()
    },
  }
}

/** A file and what a killed process may have left of it; without an ending: of before they were encrypted. */
const endings = ['', '.age', '.age.part', '.part']

// Under its own name once it is whole and on disk, and not before.
async function write(path: string, fill: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.part`
  try {
    await fill(part)
    await flush(part)
    await rename(part, path)
    await flush(dirname(path))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

function createPart(path: string) {
  return createWriteStream(path, { mode: 0o600 })
}

type Reading = { range: ByteRange | undefined; sha256: string | undefined }

async function* contentOf(path: string, identity: AgeIdentity, { range, sha256 }: Reading): AsyncGenerator<Buffer> {
  if (existsSync(`${path}.age`)) yield* readAge(`${path}.age`, identity, range)
  else if ((await digestOf(path)) === sha256) yield* createReadStream(path, range)
  else throw new AgeError('The file is not the one that was kept.')
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function createMeter(maxBytes: number) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) return done(new TooLargeError(`more than ${maxBytes} bytes`))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { transform, result: (): StoredFile => ({ sizeBytes, sha256: hash.digest('hex') }) }
}

// What was acknowledged survives a power cut: the file first, then the folder that names it.
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
