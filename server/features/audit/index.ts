import { getAuditEvent } from '#server/features/audit/get-audit-event.ts'
import { listAuditEvents } from '#server/features/audit/list-audit-events.ts'
import type { Feature } from '#server/http/operation.ts'

export const audit: Feature = {
  name: 'audit',
  description: 'What happened, by whom and when: written with each change by the database itself, and never changed.',
  operations: [listAuditEvents, getAuditEvent],
}
