import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import {
  AuditExportSchedule,
  AuditExportScheduleChanges,
  nextTurn,
} from '#server/features/audit-exports/audit-export-schedule.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { queueTurn, requireSchedule } from '#server/features/audit-exports/schedule-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateAuditExportSchedule = operation({
  id: 'updateAuditExportSchedule',
  summary: 'Change a schedule of exports',
  description: 'What its next export begins with stays as it is.',
  route: 'PATCH /api/workspaces/:workspace/audit-export-schedules/:schedule',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('schedule'),
  body: AuditExportScheduleChanges,
  example: { every: 'weekly', hour: 6 },
  returns: AuditExportSchedule,
  problems: planProblems,
  async run({ db, body, params, request, services, workspace }) {
    await requireExporter(services, workspace, db)
    const known = await requireSchedule(db, params.schedule)
    await db.require('audit_export', known.id, 'write', request.ifMatch)
    const { webhookId, ...plan } = body
    if (webhookId) await db.requireAll('webhook', [webhookId], '/webhookId')
    const isMoved = body.every !== undefined || body.hour !== undefined || (body.active === true && !known.active)
    const nextAt = isMoved ? nextTurn({ ...known, ...plan }, services.clock.now()).toString() : known.nextAt
    await db
      .update('audit_export', 'write')
      .set({ ...plan, next_at: nextAt, ...(webhookId === undefined ? {} : { webhook_id: webhookId }) })
      .where('audit_export.id', '=', known.id)
      .execute()
    const changed = await requireSchedule(db, known.id)
    if (changed.active) await queueTurn(services, workspace.id, changed)
    return changed
  },
})
