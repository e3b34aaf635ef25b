import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import { AuditExportSchedule } from '#server/features/audit-exports/audit-export-schedule.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { scheduleRows } from '#server/features/audit-exports/schedule-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listAuditExportSchedules = operation({
  id: 'listAuditExportSchedules',
  summary: 'List schedules of exports',
  route: 'GET /api/workspaces/:workspace/audit-export-schedules',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(AuditExportSchedule),
  problems: planProblems,
  async run({ db, query, services, workspace }) {
    await requireExporter(services, workspace, db)
    return listPage(
      { services, workspace, query },
      'audit-export-schedules',
      [{ ref: 'audit_export.id', type: 'uuid' }],
      async ({ after, order, keys, limit }) =>
        (await scheduleRows(db)
          .where(after)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute()) as AuditExportSchedule[],
    )
  },
})
