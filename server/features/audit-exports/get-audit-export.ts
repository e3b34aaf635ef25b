import { AuditExport, planProblems } from '#server/features/audit-exports/audit-export.ts'
import { requireExport } from '#server/features/audit-exports/audit-export-queries.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getAuditExport = operation({
  id: 'getAuditExport',
  summary: 'Read how far an export is',
  route: 'GET /api/workspaces/:workspace/audit-exports/:export',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('export'),
  returns: AuditExport,
  problems: planProblems,
  async run({ db, params, services, workspace }) {
    await requireExporter(services, workspace, db)
    return requireExport(services, db, params.export)
  },
})
