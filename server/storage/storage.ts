import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** More bytes than allowed arrived; nothing was kept. */
export class TooLargeError extends Error {
  override name = 'TooLargeError'
}

export type StoredFile = { sizeBytes: number; sha256: string }

/** Files, each under the schema of its workspace. Contents stream; no file is ever in memory as a whole. */
export type Storage = {
  /** Keeps a stream under (schema, id) once it has arrived whole and is on disk. */
  keep(schema: string, id: string, content: Readable, maxBytes: number): Promise<StoredFile>
  /** @throws when there is no such file. */
  read(schema: string, id: string, range?: { start: number; end: number }): Readable
  remove(schema: string, id: string): Promise<void>
  /** The ids of all files of a workspace, also of those that never arrived whole. */
  list(schema: string): AsyncIterable<string>
  /** Removes files whose rows are gone; one that cannot be removed now is swept up later (sweep-files.ts). */
  removeLater(schema: string, ids: readonly string[]): void
  removeAll(schema: string): Promise<void>
  isReady(): Promise<boolean>
}

export function openStorage(root: string): Storage {
  // Ids are UUIDs and schemas are `w_…`: checked, because they become part of a path.
  const pathOf = (schema: string, id: string) => {
    if (!/^w_[a-z2-7]{16}$/.test(schema) || !/^[0-9a-f-]{36}$/.test(id))
      throw new TypeError('not the name of a stored file')
    return join(root, schema, id.slice(-2), id)
  }
  return {
    async keep(schema, id, content, maxBytes) {
      const path = pathOf(schema, id)
      const part = `${path}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        const meter = createMeter(maxBytes)
        await pipeline(content, meter.transform, createWriteStream(part, { mode: 0o600, flags: 'wx' }))
        await flush(part)
        await rename(part, path)
        await flush(dirname(path))
        return meter.result()
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    read: (schema, id, range) => createReadStream(pathOf(schema, id), range),
    async remove(schema, id) {
      const path = pathOf(schema, id)
      await Promise.all([rm(path, { force: true }), rm(`${path}.part`, { force: true })])
    },
    async *list(schema) {
      const folder = dirname(dirname(pathOf(schema, '0'.repeat(36))))
      for (const part of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, part))) yield name.replace(/\.part$/, '')
      }
    },
    removeLater(schema, ids) {
      for (const id of ids) rm(pathOf(schema, id), { force: true }).catch(() => undefined)
    },
    removeAll: schema => rm(dirname(dirname(pathOf(schema, '0'.repeat(36)))), { recursive: true, force: true }),
    async isReady() {
      await mkdir(root, { recursive: true, mode: 0o700 })
      return (await stat(root)).isDirectory()
    },
  }
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
