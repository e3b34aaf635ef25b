import { listSecurityEvents } from '#server/features/security-events/list-security-events.ts'
import type { Feature } from '#server/http/operation.ts'

export const securityEvents: Feature = {
  name: 'security-events',
  description: 'What happened to your account.',
  operations: [listSecurityEvents],
}
