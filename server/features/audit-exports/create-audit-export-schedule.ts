import { uuid7 } from '#server/crypto/uuid7.ts'
import { planProblems } from '#server/features/audit-exports/audit-export.ts'
import {
  AuditExportSchedule,
  NewAuditExportSchedule,
  nextTurn,
} from '#server/features/audit-exports/audit-export-schedule.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { queueTurn, requireSchedule } from '#server/features/audit-exports/schedule-queries.ts'
import { operation } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'

const mostSchedules = 10

const problems = {
  ...planProblems,
  'too-many-schedules': { status: 409, title: 'The workspace has too many schedules' },
} as const satisfies ProblemTable

export const createAuditExportSchedule = operation({
  id: 'createAuditExportSchedule',
  summary: 'Have the audit history exported by the clock',
  description:
    'The first export covers all that has happened so far, each later one what has happened since the one before: no ' +
    'event is missing and none comes twice. The files are kept for 90 days. They belong to the workspace, and go on being ' +
    'made when whoever set this up has left.',
  route: 'POST /api/workspaces/:workspace/audit-export-schedules',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  body: NewAuditExportSchedule,
  example: { format: 'ndjson', every: 'daily', hour: 3 },
  returns: AuditExportSchedule,
  status: 201,
  problems,
  async run({ db, body, services, workspace, problem }) {
    await requireExporter(services, workspace, db)
    const { webhookId = null, active = true, ...plan } = body
    if (webhookId !== null) await db.requireAll('webhook', [webhookId], '/webhookId')
    const there = await db.rows('audit_export').where('audit_export.kind', '=', 'schedule').select('id').execute()
    if (there.length >= mostSchedules)
      throw problem('too-many-schedules', `There are ${there.length} already: change or delete one of them.`)
    const id = uuid7()
    const nextAt = nextTurn(plan, services.clock.now()).toString()
    await db.insert('audit_export', {
      id,
      kind: 'schedule',
      ...plan,
      active,
      webhook_id: webhookId,
      member_id: db.access.memberId,
      token_id: db.access.tokenId,
      next_at: nextAt,
      next_index: 0,
    })
    if (active) await queueTurn(services, workspace.id, { id, nextAt })
    return requireSchedule(db, id)
  },
})
