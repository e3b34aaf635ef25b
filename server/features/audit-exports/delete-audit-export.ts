import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import { requireExport } from '#server/features/audit-exports/audit-export-queries.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteAuditExport = operation({
  id: 'deleteAuditExport',
  summary: 'Delete an export, or stop one that runs',
  route: 'DELETE /api/workspaces/:workspace/audit-exports/:export',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('export'),
  problems: planProblems,
  async run({ db, params, request, services, workspace, afterCommit }) {
    await requireExporter(services, workspace, db)
    const { id } = await requireExport(services, db, params.export)
    const { file_id } = await db.require('audit_export', id, 'write', request.ifMatch)
    await db.remove('audit_export', 'write').where('audit_export.id', '=', id).execute()
    if (file_id !== null) afterCommit(() => services.storage.removeLater(workspace.schema, [file_id]))
    return undefined
  },
})
