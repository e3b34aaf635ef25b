import { requireAttachment } from '#server/features/attachments/attachment-queries.ts'
import { contentDisposition } from '#server/features/attachments/file-name.ts'
import { answerFile, fileProblems } from '#server/http/answer-file.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const readAttachmentContent = operation({
  id: 'readAttachmentContent',
  summary: 'Download an attachment',
  description:
    'Always as a file to save, never as a page. One `Range: bytes=` is honoured with 206; the `ETag` is the SHA-256.',
  route: 'GET /api/workspaces/:workspace/attachments/:attachment/content',
  needs: { resource: 'attachment', action: 'read' },
  params: inWorkspace('attachment'),
  streams: 'application/octet-stream',
  takesRange: true,
  problems: fileProblems,
  async run({ db, params, request, workspace, services }) {
    const { id, name, mediaType, sizeBytes, sha256 } = await requireAttachment(db, params.attachment)
    const headers = { 'Content-Type': mediaType, 'Content-Disposition': contentDisposition(name) }
    return answerFile({ sizeBytes, sha256, headers }, request.headers, range =>
      services.storage.read(workspace, id, { range, sha256 }),
    )
  },
})
