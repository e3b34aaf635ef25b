import { createAuditErasure } from '#server/features/audit-erasures/create-audit-erasure.ts'
import { getAuditErasure } from '#server/features/audit-erasures/get-audit-erasure.ts'
import { listAuditErasures } from '#server/features/audit-erasures/list-audit-erasures.ts'
import type { Feature } from '#server/http/operation.ts'

export { eraseAudit } from '#server/features/audit-erasures/erase-audit.ts'

export const auditErasures: Feature = {
  name: 'audit erasures',
  description: 'What a person was called and wrote can go from the history, which still proves that nothing else did.',
  operations: [listAuditErasures, createAuditErasure, getAuditErasure],
}
