import { Readable } from 'node:stream'
import { attachmentProblems } from '#server/features/attachments/attachment.ts'
import { requireAttachment } from '#server/features/attachments/attachment-queries.ts'
import { type ByteRange, parseRange } from '#server/features/attachments/byte-range.ts'
import { contentDisposition } from '#server/features/attachments/file-name.ts'
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
  problems: attachmentProblems,
  async run({ db, params, request, workspace, services, problem }) {
    const { id, name, mediaType, sizeBytes, sha256 } = await requireAttachment(db, params.attachment)
    const etag = `"${sha256}"`
    const headers: Record<string, string> = {
      'Content-Type': mediaType,
      'Content-Disposition': contentDisposition(name),
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Accept-Ranges': 'bytes',
      ETag: etag,
    }
    if (listed(request.headers['if-none-match'], etag))
      return { stream: Readable.from([]), status: 304, headers: { ETag: etag } }
    const range = rangeOf(request.headers, etag, sizeBytes)
    if (range === null) throw problem('range-not-satisfiable', `The file has ${sizeBytes} bytes.`)
    const stream = services.storage.read(workspace, id, { range, sha256 })
    if (!range) return { stream, headers: { ...headers, 'Content-Length': String(sizeBytes) } }
    const part = {
      'Content-Length': String(range.end - range.start + 1),
      'Content-Range': `bytes ${range.start}-${range.end}/${sizeBytes}`,
    }
    return { stream, status: 206, headers: { ...headers, ...part } }
  },
})

type Headers = Record<string, string | string[] | undefined>

// `If-Range` asks for the whole file when it is not the one that the caller has the beginning of.
function rangeOf(headers: Headers, etag: string, sizeBytes: number): ByteRange | undefined | null {
  const { range, 'if-range': ifRange } = headers
  if (ifRange !== undefined && ifRange !== etag) return undefined
  return parseRange(typeof range === 'string' ? range : undefined, sizeBytes)
}

function listed(header: string | string[] | undefined, etag: string): boolean {
  if (typeof header !== 'string') return false
  return header.trim() === '*' || header.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag)
}
