import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { requireSchedule } from '#server/features/audit-exports/schedule-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteAuditExportSchedule = operation({
  id: 'deleteAuditExportSchedule',
  summary: 'Delete a schedule of exports',
  description: 'What it has exported stays for as long as it was to be kept.',
  route: 'DELETE /api/workspaces/:workspace/audit-export-schedules/:schedule',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('schedule'),
  problems: planProblems,
  async run({ db, params, request, services, workspace }) {
    await requireExporter(services, workspace, db)
    const { id } = await requireSchedule(db, params.schedule)
    await db.require('audit_export', id, 'write', request.ifMatch)
    await db.remove('audit_export', 'write').where('audit_export.id', '=', id).execute()
    return undefined
  },
})
