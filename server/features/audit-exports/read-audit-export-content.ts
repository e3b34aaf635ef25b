import { contentDisposition } from '#server/features/attachments/file-name.ts'
import { exportFileName, mediaTypes, planProblems } from '#server/features/audit-exports/audit-export.ts'
import { requireExport } from '#server/features/audit-exports/audit-export-queries.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { answerFile, fileProblems } from '#server/http/answer-file.ts'
import { operation } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'

const problems = {
  ...planProblems,
  ...fileProblems,
  'export-not-ready': { status: 409, title: 'There is no file yet' },
} as const satisfies ProblemTable

export const readAuditExportContent = operation({
  id: 'readAuditExportContent',
  summary: 'Download an export of the audit history',
  description:
    'Once its status is `done`. One `Range: bytes=` is honoured with 206, so a download that broke off can go on; the ' +
    '`ETag` is the SHA-256.',
  route: 'GET /api/workspaces/:workspace/audit-exports/:export/content',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('export'),
  streams: 'application/octet-stream',
  takesRange: true,
  problems,
  async run({ db, params, request, services, workspace, problem }) {
    await requireExporter(services, workspace, db)
    const made = await requireExport(services, db, params.export)
    const { id, status, format, size, fromIndex, sizeBytes, sha256 } = made
    const { file_id: fileId } = await db.require('audit_export', id)
    if (fileId === null || sha256 === null || sizeBytes === null)
      throw problem(
        'export-not-ready',
        status === 'failed'
          ? `It failed: ${made.failure ?? 'ask for another one.'}`
          : 'It is being made: ask again once its status is `done`.',
      )
    const name = exportFileName(workspace.slug, format, `${fromIndex}-${size}`)
    const headers = { 'Content-Type': mediaTypes[format], 'Content-Disposition': contentDisposition(name) }
    return answerFile({ sizeBytes, sha256, headers }, request.headers, range =>
      services.storage.read(workspace, fileId, { range }),
    )
  },
})
