import pg from 'pg'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Reader } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { Attachment } from '#server/features/attachments/attachment.ts'
import { requireAttachment } from '#server/features/attachments/attachment-queries.ts'
import { cleanFileName } from '#server/features/attachments/file-name.ts'
import { headBytes, mediaTypeOf } from '#server/features/attachments/media-type.ts'
import { operation } from '#server/http/operation.ts'
import { ProblemError, problem } from '#server/http/problems.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'
import type { Storage } from '#server/storage/storage.ts'

// What a form adds to the bytes of its file: boundaries and headers.
const formBytes = 65_536

export const createAttachment = operation({
  id: 'createAttachment',
  summary: 'Attach a file to a task',
  description:
    'One file, in the field `file`. Any kind is kept; its media type follows from its content, and one that is not ' +
    'what its name says, or could run in a browser, is served as plain bytes.',
  route: 'POST /api/workspaces/:workspace/tasks/:task/attachments',
  needs: { resource: 'attachment', action: 'create' },
  // The file arrives before the transaction begins: a slow upload holds no connection of the database.
  transaction: 'own',
  params: inWorkspace('task'),
  upload: object({}),
  takesKey: true,
  returns: Attachment,
  status: 201,
  problems: { 'storage-full': { status: 422, title: 'The workspace has no room for this file' } },
  async run({ db, params, request, workspace, services, upload, transact }) {
    const { storage, config } = services
    const task = await db.require('task', params.task)
    await db.requirePlaces('attachment', [task.id])
    if (Number(request.headers['content-length'] ?? 0) > config.maxUploadBytes + formBytes) throw problem('too-large')
    const { fileName, stream } = await upload()
    const id = uuid7()
    const { sizeBytes, sha256 } = await storage.keep(workspace, id, stream, config.maxUploadBytes)
    const name = cleanFileName(fileName)
    try {
      const media_type = mediaTypeOf(name, await readHead(storage, workspace, id))
      const made = await transact(async writer => {
        const row = {
          id,
          task_id: task.id,
          creator_id: writer.access.memberId,
          name,
          media_type,
          size_bytes: sizeBytes,
          sha256,
        }
        await writer.requireStorage(sizeBytes, config.storageBytesPerWorkspace)
        await writer.insert('attachment', row)
        return requireAttachment(writer, id)
      }, JSON.stringify({ name, sha256 }))
      // The answer to an earlier request with the same Idempotency-Key: its file is the one that stays.
      if (made.id !== id) await storage.remove(workspace.schema, id)
      return made
    } catch (error) {
      if (await isRolledBack(error, db, id)) await storage.remove(workspace.schema, id)
      throw error
    }
  },
})

async function readHead(storage: Storage, workspace: WorkspaceAddress, id: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of storage.read(workspace, id, { range: { start: 0, end: headBytes - 1 } })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

// A connection lost during the commit leaves it open whether the row is there. When in doubt the file stays: bytes
// without a row can be read by nobody, a row without bytes is a loss.
async function isRolledBack(error: unknown, db: Reader, id: string): Promise<boolean> {
  if (error instanceof ProblemError || error instanceof pg.DatabaseError) return true
  try {
    return (
      (await db.rows('attachment').where('attachment.id', '=', id).select('attachment.id').executeTakeFirst()) ===
      undefined
    )
  } catch {
    return false
  }
}
