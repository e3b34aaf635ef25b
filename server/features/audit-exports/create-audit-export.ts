import type { Insertable } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { AuditExport, mostExports, NewAuditExport, planProblems } from '#server/features/audit-exports/audit-export.ts'
import { exportRows, requireExport } from '#server/features/audit-exports/audit-export-queries.ts'
import { promiseExport } from '#server/features/audit-exports/export-job.ts'
import { requireExporter } from '#server/features/audit-exports/require-exporter.ts'
import { operation } from '#server/http/operation.ts'
import { type ProblemTable, problem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'

const problems = {
  ...planProblems,
  'too-many-exports': { status: 409, title: 'The workspace keeps too many exports' },
} as const satisfies ProblemTable

export const createAuditExport = operation({
  id: 'createAuditExport',
  summary: 'Have the audit history exported',
  description:
    'The answer comes at once, the file is made in the background: read the export for its progress, then its ' +
    '`content`. It covers what has happened until it begins to run, as far as you may read it then, and is kept for 7 ' +
    'days. At most 3 run at a time (429), and 20 are kept (409).',
  route: 'POST /api/workspaces/:workspace/audit-exports',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  body: NewAuditExport,
  example: { format: 'ndjson' },
  returns: AuditExport,
  status: 202,
  problems,
  async run({ db, body, services, workspace, problem, afterCommit }) {
    await requireExporter(services, workspace, db)
    const kept = await exportRows(services, db).where('audit_export.schedule_id', 'is', null).execute()
    if (kept.length >= mostExports.kept)
      throw problem('too-many-exports', `There are ${kept.length} already: delete one that is no longer needed.`)
    const id = uuid7()
    const { memberId, tokenId } = db.access
    await insertInSlot(db, {
      id,
      kind: 'export',
      format: body.format,
      filters: JSON.stringify(body.filters ?? {}),
      member_id: memberId,
      token_id: tokenId,
      status: 'waiting',
    })
    afterCommit(await promiseExport(services, workspace, id))
    return requireExport(services, db, id)
  },
})

type NewRow = Insertable<WorkspaceTables['audit_export']>

// Whoever comes first with a number has it: requests at once cannot both count two and make a third and a fourth.
async function insertInSlot(db: Writer, row: NewRow): Promise<void> {
  for (let slot = 1; slot <= mostExports.atOnce; slot++)
    if (await db.insertUnlessTaken('audit_export', { ...row, slot })) return
  throw problem('too-many-requests', `${mostExports.atOnce} exports are being made already: wait until one is done.`, {
    retryAfterSeconds: 30,
  })
}
