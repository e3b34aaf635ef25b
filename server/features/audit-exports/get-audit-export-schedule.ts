import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import { AuditExportSchedule } from '#server/features/audit-exports/audit-export-schedule.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { requireSchedule } from '#server/features/audit-exports/schedule-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getAuditExportSchedule = operation({
  id: 'getAuditExportSchedule',
  summary: 'Read a schedule of exports',
  route: 'GET /api/workspaces/:workspace/audit-export-schedules/:schedule',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('schedule'),
  returns: AuditExportSchedule,
  problems: planProblems,
  async run({ db, params, services, workspace }) {
    await requireExporter(services, workspace, db)
    return requireSchedule(db, params.schedule)
  },
})
