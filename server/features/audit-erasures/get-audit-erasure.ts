import { AuditErasure } from '#server/features/audit-erasures/audit-erasure.ts'
import { requireErasure } from '#server/features/audit-erasures/audit-erasure-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getAuditErasure = operation({
  id: 'getAuditErasure',
  summary: 'Read how far an erasure is',
  route: 'GET /api/workspaces/:workspace/audit-erasures/:erasure',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace('erasure'),
  returns: AuditErasure,
  async run({ db, params }) {
    await db.requirePlaces('audit_erasure', [])
    return requireErasure(db, params.erasure)
  },
})
