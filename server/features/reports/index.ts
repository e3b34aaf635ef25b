import { getTimeReport } from '#server/features/reports/get-time-report.ts'
import type { Feature } from '#server/http/operation.ts'

export const reports: Feature = {
  name: 'reports',
  description: 'Sums over what the caller may read.',
  operations: [getTimeReport],
}
