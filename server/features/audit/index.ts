import { getAuditEvent } from '#server/features/audit/get-audit-event.ts'
import { getAuditStatus } from '#server/features/audit/get-audit-status.ts'
import { listAuditCheckpoints } from '#server/features/audit/list-audit-checkpoints.ts'
import { listAuditEvents } from '#server/features/audit/list-audit-events.ts'
import { proveAuditConsistency } from '#server/features/audit/prove-audit-consistency.ts'
import { proveAuditEvent } from '#server/features/audit/prove-audit-event.ts'
import type { Feature } from '#server/http/operation.ts'

export { auditProblems } from '#server/features/audit/audit-problems.ts'
export { catchUpWithTree, sealAuditEvents } from '#server/features/audit/seal-in-turn.ts'
export {
  type Checkpoint,
  checkpointOf,
  exportPatienceMs,
  signAuditCheckpoint,
  signCheckpoint,
} from '#server/features/audit/sign-checkpoint.ts'
export { tileReader } from '#server/features/audit/tree-queries.ts'

export const audit: Feature = {
  name: 'audit',
  description: 'What happened, by whom and when: written with each change by the database itself, and never changed.',
  operations: [
    listAuditEvents,
    getAuditEvent,
    proveAuditEvent,
    listAuditCheckpoints,
    getAuditStatus,
    proveAuditConsistency,
  ],
}
