import { AuditExport, planProblems } from '#server/features/audit-exports/audit-export.ts'
import { exportRows } from '#server/features/audit-exports/audit-export-queries.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listAuditExports = operation({
  id: 'listAuditExports',
  summary: 'List exports of the audit history',
  description: 'Everybody’s and those of schedules, the newest first, as long as they are kept.',
  route: 'GET /api/workspaces/:workspace/audit-exports',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(AuditExport),
  problems: planProblems,
  async run({ db, query, services, workspace }) {
    await requireExporter(services, workspace, db)
    return listPage(
      { services, workspace, query },
      'audit-exports',
      [{ ref: 'audit_export.id', type: 'uuid', descending: true }],
      async ({ after, order, keys, limit }) =>
        (await exportRows(services, db)
          .where(after)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute()) as unknown as AuditExport[],
    )
  },
})
