import { Readable } from 'node:stream'
import type { Static } from 'typebox'
import { contentDisposition } from '#server/features/attachments/file-name.ts'
import { auditFilters } from '#server/features/audit/audit-filters.ts'
import { auditProblems, exportPatienceMs, signCheckpoint } from '#server/features/audit/index.ts'
import { exportFileName, Format, mediaTypes, planProblems } from '#server/features/audit-exports/audit-export.ts'
import { type AsExporter, countLeaves } from '#server/features/audit-exports/read-leaves.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { takePlace } from '#server/features/audit-exports/stream-places.ts'
import { writeAuditExport } from '#server/features/audit-exports/write-audit-export.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'

const Query = object({ format: Format, ...auditFilters })

export const exportAuditEvents = operation({
  id: 'exportAuditEvents',
  summary: 'Export the audit history as a stream',
  description:
    'What has happened until now, in the order of the commits, sent as it is read. Leave out the filters for an NDJSON ' +
    'export that proves that nothing is missing. A transfer that breaks off, as it does when the right to it is taken ' +
    'away, cannot go on: for a long history make an export with `createAuditExport`. At most 3 at a time.',
  route: 'GET /api/workspaces/:workspace/audit-events/export',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  query: Query,
  streams: 'application/octet-stream',
  leavesTrace: true,
  problems: { ...planProblems, ...auditProblems },
  async run({ db, query, workspace, services, transact, reenter }) {
    await requireExporter(services, workspace, db)
    const { format, ...filters } = query as Static<typeof Query>
    const place = takePlace(services, workspace.id)
    try {
      const checkpoint = await signCheckpoint(services, workspace, exportPatienceMs)
      const range = { from: 0, size: checkpoint.size, filters }
      const count = await countLeaves(work => work(() => db.rows('audit')), range)
      await transact(writer => writer.recordAuditAction('exported', { format, filters, count, size: range.size }))
      const as: AsExporter = work =>
        reenter(async reader => {
          await reader.requirePlaces('audit_export', [])
          return work(() => reader.rows('audit'))
        })
      const { signal } = place
      const stream = Readable.from(
        writeAuditExport(services, { workspace, format, range, checkpoint, count, as, signal }),
        {
          objectMode: false,
        },
      )
      place.hold(stream)
      const name = exportFileName(workspace.slug, format, services.clock.today().toString())
      return {
        stream,
        headers: {
          'Content-Type': mediaTypes[format],
          'Content-Disposition': contentDisposition(name),
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'no-store',
        },
      }
    } catch (error) {
      place.leave()
      throw error
    }
  },
})
