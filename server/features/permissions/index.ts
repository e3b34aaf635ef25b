import { explainPermission } from '#server/features/permissions/explain-permission.ts'
import type { Feature } from '#server/http/operation.ts'

export const permissions: Feature = {
  name: 'permissions',
  description: 'Why somebody may do something, or may not.',
  operations: [explainPermission],
}
